import { inDecimal } from '@beyond-headers/contracts/in-decimal';
import { z } from 'zod';
import { allowedHosts } from './guard/allowed-hosts.ts';
import { isMongodbUri } from './mongodb-uri.ts';

/** An error that prevents the start of a process. It names each invalid variable, with the value received and the value expected. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads configuration from the environment with a schema whose keys are the names of variables. A blank value means unset.
 * docs/reference/environment-variables.md shows what the schema says about a variable (`.describe`, `.meta`).
 * @throws {ConfigError} naming every invalid variable; the value of a variable that is marked as secret is not repeated
 */
export function readConfig<S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv = process.env,
): z.infer<S> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const secrets = secretsOf(schema);
  const lines = result.error.issues.map(({ path, message }) => {
    const name = String(path[0] ?? '');
    return `  ${name}: got ${shown(given[name], secrets.has(name))}. ${message}`;
  });
  throw new ConfigError(
    `The configuration is wrong:\n${lines.join('\n')}\nSet these variables and start again.`,
  );
}

function shown(value: string | undefined, isSecret: boolean): string {
  if (value === undefined) return 'nothing';
  // A value with an `@` may be a URL with a user, even a malformed one. The user is often a token, or has a password.
  return isSecret || value.includes('@') ? 'a value that is not shown' : JSON.stringify(value);
}

/** Returns the variables whose schema has `.meta({ secret: true })`. */
function secretsOf(schema: z.ZodObject): Set<string> {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  const isSecret = (property: (typeof properties)[string]) =>
    typeof property === 'object' && property['secret'] === true;
  return new Set(Object.keys(properties).filter((name) => isSecret(properties[name]!)));
}

/** For configs, which import everything from this module. Other schemas import it from `contracts/in-decimal`. */
export { inDecimal };

/** A TCP port; 0 asks for a free one. */
export const port = (fallback: number) =>
  inDecimal(z.coerce.number('Expected a port, 0 to 65535').int().min(0).max(65_535)).default(fallback);

export const milliseconds = (fallback: number) =>
  inDecimal(z.coerce.number('Expected milliseconds, 1 or more').int().min(1).max(86_400_000))
    .meta({ unit: 'ms' })
    .default(fallback);

export const seconds = (fallback: number) => count(fallback).meta({ unit: 's' });

export const count = (fallback: number) =>
  inDecimal(z.coerce.number('Expected a whole number, 1 or more').int().min(1).max(1_000_000)).default(
    fallback,
  );

export const onOff = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'], 'Expected on or off')
    .default(fallback)
    .transform((value) => value === 'on');

const EXPECTED_URL = 'Expected a URL such as http://service.example.org:9000';

/** A URL to which paths are added, so trailing slashes are removed. */
const baseUrl = () =>
  z.url({ protocol: /^https?$/, error: EXPECTED_URL }).overwrite((url) => url.replace(/\/+$/, ''));

/** A URL that is called, shown to people, or written into a Job. It must not contain a user or a password. */
export const httpUrl = () =>
  baseUrl().refine(isWithoutExtras, `${EXPECTED_URL}, without user, password, query and fragment`);

/** The URL to which spans go. Exporters turn a user and a password in it into a header. */
export const otlpUrl = (port: number) =>
  baseUrl()
    .refine((url) => !HAS_EXTRAS.test(url), `${EXPECTED_URL}, without query and fragment`)
    .default(`http://127.0.0.1:${port}`);

const HAS_EXTRAS = /[?#]/;

function isWithoutExtras(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '' && !HAS_EXTRAS.test(url);
}

/** The URL of another part of the system, by default on this machine. */
export const localUrl = (port: number) => httpUrl().default(`http://127.0.0.1:${port}`);

const EXPECTED_URI =
  'Expected mongodb://host:port/… or mongodb+srv://host/…, with the special characters of user and password percent-encoded';

/**
 * A URI that may contain a password. A password that is not encoded is refused here, because the driver's error doesn't name the
 * variable.
 */
export const mongodbUri = () =>
  z
    .string(EXPECTED_URI)
    .regex(/^mongodb(\+srv)?:\/\/\S+$/, { message: EXPECTED_URI, abort: true })
    .refine(isMongodbUri, EXPECTED_URI)
    .meta({ secret: true });

/** The variables that every process reads. */
export const commonConfig = {
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'Expected an address or a name, without scheme')
    .default('127.0.0.1')
    .describe('The address on which the service listens. The container images set it to `0.0.0.0`.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('The lowest level of log lines that are written.'),
};

/** The variables that every process with an HTTP server reads. */
export const httpConfig = { ...commonConfig, ALLOWED_HOSTS: allowedHosts() };

/** The variables that every process that uses MongoDB reads. */
export const mongoConfig = {
  MONGODB_URI: mongodbUri().describe('The MongoDB replica set that stores the orders and reports.'),
  MONGODB_DATABASE: z
    .string()
    .regex(/^[\w-]{1,63}$/, 'Expected letters, digits, _ and -')
    .default('beyond_headers')
    .describe('The database in the replica set that `MONGODB_URI` names.'),
};
