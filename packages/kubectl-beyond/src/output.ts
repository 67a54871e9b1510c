export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Whether a drawing may have colors. */
  color: boolean;
}

/** A call that can't be understood: exit code 2, with the usage. */
export class UsageError extends Error {}
