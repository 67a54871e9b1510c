/** Why a request gets no further than the door. */
export interface Refusal {
  status: 400 | 403;
  /** Shown to the caller. */
  detail: string;
}
