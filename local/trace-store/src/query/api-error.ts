/** An answer that is not 200, in the form of Jaeger's query API: `{"error": {"httpCode", "message"}}`. */
export class ApiError extends Error {
  readonly httpCode: number;

  constructor(httpCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.httpCode = httpCode;
  }
}

/** Runs a parameter's parser and names the parameter where it throws. */
export function parameter<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ApiError(400, `malformed parameter ${name}: ${reason}`, { cause });
  }
}
