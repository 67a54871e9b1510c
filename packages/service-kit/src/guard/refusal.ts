/** Why a request is refused before anything looks at it. */
export interface Refusal {
  status: 400 | 403;
  /** Shown to the caller. */
  detail: string;
}
