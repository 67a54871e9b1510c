/** An error response in the form of Jaeger's query API: `{"error": {"httpCode", "message"}}`. */
export class ApiError extends Error {
  readonly httpCode: number;

  constructor(httpCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.httpCode = httpCode;
  }
}
