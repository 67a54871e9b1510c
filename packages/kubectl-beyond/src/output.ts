export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Whether a drawing may have colors. */
  color: boolean;
}

/** A command line that is invalid. The plug-in prints the usage, and exits with 2. */
export class UsageError extends Error {}
