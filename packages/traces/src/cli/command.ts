import { AssertionError } from 'node:assert';
import { parseArgs, type ParseArgsConfig } from 'node:util';

export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Whether a drawing may have colors. */
  color: boolean;
}

/** One of the commands of `traces`. */
export interface Command {
  /** The description in the list of commands. */
  summary: string;
  usage: string;
  /**
   * Resolves to the exit code, or to nothing for 0. Rejects with an `AssertionError` if a trace is not as expected, and with a
   * {@link UsageError} if the arguments are invalid.
   */
  run(args: readonly string[], output: Output): Promise<ExitCode | void>;
}

/** Invalid arguments. The command prints its usage, and ends with exit code 2. */
export class UsageError extends Error {}

export type ExitCode = 0 | 1 | 2;

/** Returns 1 for a failed assertion, or for a deadline that passed while the assertion failed. Returns 2 for any other error. */
export function exitCodeOf(error: unknown): 1 | 2 {
  if (error instanceof AssertionError) return 1;
  return error instanceof Error && error.cause instanceof AssertionError ? 1 : 2;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Options = NonNullable<ParseArgsConfig['options']>;

/** The values that {@link parseOptions} returns for a table of options. */
export type Values<Table extends Options> = ReturnType<typeof parseOptions<Table>>;

/** Parses the options of a command. Throws a {@link UsageError}. */
export function parseOptions<const Table extends Options>(args: readonly string[], options: Table) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new UsageError(messageOf(cause), { cause });
  }
}
