import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O & { help: { type: 'boolean' } }; allowPositionals: true }>
>;

/** What a command accepts, and the text of its help. */
export interface CommandLine<O extends Options> {
  /** The text for `--help`. The first line shows how to call the command, and the rest says what it does. */
  usage: string;
  options?: O;
  /** The accepted positional arguments. Default: none. With `any`, the command checks them itself. */
  names?: readonly string[] | 'any';
}

type Arguments<O extends Options> = Pick<Parsed<O>, 'values' | 'positionals'>;

/**
 * Reads all arguments of a command. Call it before the command does anything. From then on, the process also ends when its stdout has no
 * reader. The option `--help` prints the usage. The exit code is then 0. An unknown option or name prints an error and the usage. The exit
 * code is then 2.
 */
export function readCommandLine<const O extends Options>(commandLine: CommandLine<O>): Arguments<O> {
  endWithReader();
  return readArguments(commandLine);
}

function readArguments<const O extends Options>({
  usage,
  options,
  names = [],
}: CommandLine<O>): Arguments<O> {
  const parsed = parse(usage, { ...options, help: { type: 'boolean' } } as O & { help: { type: 'boolean' } });
  if ((parsed.values as { help?: boolean }).help) {
    console.log(usage);
    process.exit(0);
  }
  const unknown = names === 'any' ? [] : parsed.positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) refuse(unexpected(unknown, names as readonly string[]), usage);
  return parsed;
}

/** Sends SIGTERM to this process when its stdout has no reader, as after `| head`, so that the command ends as usual. */
function endWithReader(): void {
  process.stdout.once('error', () => process.kill(process.pid, 'SIGTERM'));
  // Each later write to stdout fails too.
  process.stdout.on('error', () => {});
}

/** Prints an error and the usage, and ends the process with exit code 2. Call it before the command does anything. */
export function refuse(why: string, usage: string): never {
  console.error(`${why}\n\n${usage}`);
  process.exit(2);
}

function parse<O extends Options>(usage: string, options: O) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    // Only the first sentence. The others are about arguments that begin with a dash, which no command here has.
    const [why] = (error instanceof Error ? error.message : String(error)).split('. ');
    return refuse(`${why}.`, usage);
  }
}

function unexpected(unknown: readonly string[], names: readonly string[]): string {
  const given = unknown.map((name) => JSON.stringify(name)).join(', ');
  const expected = names.length === 0 ? 'no name' : `some of: ${names.join(', ')}`;
  return `Unknown name ${given}. Expected ${expected}.`;
}
