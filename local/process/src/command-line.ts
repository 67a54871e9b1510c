import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Arguments<O extends Options> = Pick<
  ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>,
  'values' | 'positionals'
>;

/** What a command accepts, and the text of its help. */
export interface CommandLine<O extends Options> {
  /** The text for `--help`. The first line shows how to call the command, and the rest says what it does. */
  usage: string;
  options?: O;
  /** The accepted positional arguments. Default: none. With `any`, the command checks them itself. */
  names?: readonly string[] | 'any';
}

/**
 * Reads all arguments of a command. Call it before the command does anything. From then on, the process also ends when its stdout has no
 * reader. The option `--help` prints the usage. The exit code is then 0. An unknown option or name prints an error and the usage. The exit
 * code is then 2.
 */
export function readCommandLine<const O extends Options>({
  usage,
  options,
  names = [],
}: CommandLine<O>): Arguments<O> {
  endWithReader();
  refuseIfNpmKept(Object.keys(options ?? {}), usage);
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

type Candidate = [name: string, value: string | undefined];

/**
 * Returns the first address that is set, without slashes at its end. Each candidate is the name of an option or variable, and its value.
 * Throws an error that names the option or variable if the value is not the URL of a server, or has a user or password.
 */
export const firstAddress = (...candidates: Candidate[]): string | undefined =>
  readFirst(candidates, ({ username, password }) => !username && !password);

/** Like {@link firstAddress}, but for a Jaeger query API, whose address may have a user and password for Basic authentication. */
export const firstTracesAddress = (...candidates: Candidate[]): string | undefined =>
  readFirst(candidates, () => true);

function readFirst(candidates: readonly Candidate[], isAllowed: (url: URL) => boolean): string | undefined {
  const [name, value] = candidates.find(([, text]) => text?.trim()) ?? [];
  if (value === undefined) return undefined;
  const url = URL.parse(value.trim());
  const isServer = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash;
  if (isServer && isAllowed(url)) return value.trim().replace(/\/+$/, '');
  // A user or password must not be shown.
  const got = value.includes('@') ? 'a value that is not shown' : JSON.stringify(value);
  throw new Error(`${name} is not an address: got ${got}. Expected a URL such as http://127.0.0.1:8081.`);
}

/**
 * Refuses to run if npm kept one of these options, as it does with every option before `--`. Otherwise, the command would run as if the
 * option were missing, for example delete what a dry run only shows. npm passes what it kept in a variable.
 */
export function refuseIfNpmKept(options: readonly string[], usage: string): void {
  const { env, argv } = process;
  const isGiven = (name: string) => argv.some((argument) => argument.split('=')[0] === `--${name}`);
  const kept = options.filter((name) => {
    const value = env[`npm_config_${name.replaceAll('-', '_')}`];
    return value !== undefined && !['', 'false'].includes(value) && !isGiven(name);
  });
  const { npm_lifecycle_event: script } = env;
  if (!script || kept.length === 0) return;
  const names = kept.map((name) => `--${name}`);
  refuse(
    `npm kept ${names.join(' ')} for itself. Expected options after --, as in: npm run ${script} -- ${names.join(' ')}`,
    usage,
  );
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
