/** What was not stored of a post. */
export interface Rejected {
  count: number;
  /** Why the last of them was. */
  reason: string;
}
