/** The items of a request that were not stored. */
export interface Rejected {
  count: number;
  /** Why the last of them was not stored. */
  reason: string;
}
