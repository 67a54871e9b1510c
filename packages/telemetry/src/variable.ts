/** The description of a variable for people. It doesn't use zod, because every job loads this module before its own code. */
export interface Variable {
  description: string;
  default?: string;
  unit?: string;
  /** The form of a value. */
  expected?: string;
  secret?: true;
}
