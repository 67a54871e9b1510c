/** The reason why a request is refused before it is processed. */
export interface Refusal {
  status: 400 | 403;
  /** Shown to the caller. */
  detail: string;
}
