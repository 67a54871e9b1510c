import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O & { help: { type: 'boolean' } }; allowPositionals: true }>
>;

/** What a command takes. */
export interface CommandLine<O extends Options> {
  /** How it is called and what it does; the first line is the call. */
  usage: string;
  options?: O;
  /** The names that may be given. Default: none. `any` leaves them to the command. */
  names?: readonly string[] | 'any';
}

type Arguments<O extends Options> = Pick<Parsed<O>, 'values' | 'positionals'>;

/**
 * Begins a command: reads all its arguments before it does anything. From then on, it also ends when its output has no reader.
 * `--help` prints the usage and ends the process with 0. An unknown option or name ends the process with 2, and the message lists the
 * known ones.
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

/** Where no one reads what is printed, as after `| head`, a command ends as it does when it is asked to. */
function endWithReader(): void {
  process.stdout.once('error', () => process.kill(process.pid, 'SIGTERM'));
  // Each line that is still printed fails as well.
  process.stdout.on('error', () => {});
}

/** Ends the process with 2: what it was asked for can't be done, and nothing was. */
export function refuse(why: string, usage: string): never {
  console.error(`${why}\n\n${usage}`);
  process.exit(2);
}

function parse<O extends Options>(usage: string, options: O) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    // What follows the first sentence is about arguments that begin with a dash, which no command here has.
    const [why] = (error instanceof Error ? error.message : String(error)).split('. ');
    return refuse(`${why}.`, usage);
  }
}

function unexpected(unknown: readonly string[], names: readonly string[]): string {
  const given = unknown.map((name) => JSON.stringify(name)).join(', ');
  const expected = names.length === 0 ? 'no name' : `some of: ${names.join(', ')}`;
  return `Unknown name ${given}. Expected ${expected}.`;
}
