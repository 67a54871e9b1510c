/** What a variable means, for people; without zod, as a job loads this before its first line. */
export interface Variable {
  description: string;
  default?: string;
  unit?: string;
  /** What a value looks like. */
  expected?: string;
  secret?: true;
}
