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
  /** In the list of commands. */
  summary: string;
  usage: string;
  /**
   * Gives the exit code where it is not 0. Rejects with an `AssertionError` where a trace is not as expected, with a {@link UsageError} where
   * the call is wrong.
   */
  run(args: readonly string[], output: Output): Promise<ExitCode | void>;
}

/** A call that can't be understood: exit code 2, with the usage. */
export class UsageError extends Error {}

export type ExitCode = 0 | 1 | 2;

/** 1 for the failed assertion, or for the deadline that passed while it did not hold; 2 for all else. */
export function exitCodeOf(error: unknown): 1 | 2 {
  if (error instanceof AssertionError) return 1;
  return error instanceof Error && error.cause instanceof AssertionError ? 1 : 2;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Options = NonNullable<ParseArgsConfig['options']>;

/** What a table of options gives. */
export type Values<Table extends Options> = ReturnType<typeof parseOptions<Table>>;

/** The values of a command's options. Throws a {@link UsageError}. */
export function parseOptions<const Table extends Options>(args: readonly string[], options: Table) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new UsageError(messageOf(cause), { cause });
  }
}
