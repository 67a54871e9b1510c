import { ConnectionString } from 'mongodb-connection-string-url';

/** Matches options such as `tlsCertificateKeyFilePassword` and `proxyPassword`, and `AWS_SESSION_TOKEN` in `authMechanismProperties`. */
const SECRET_NAME = /(?:pass|password|passphrase|secret|token)$/i;

/** Reports whether a connection string contains a password or a secret option. Returns true if it can't be parsed. */
export function holdsSecret(uri: string): boolean {
  const parsed = parse(uri);
  return !parsed || parsed.password !== '' || [...parsed.searchParams].some(isSecretOption);
}

/** Returns a connection string without user, password, and secret options, for display. A string without secrets is unchanged. */
export function withoutSecrets(uri: string): string {
  if (!holdsSecret(uri)) return uri;
  const parsed = parse(uri);
  if (!parsed) return 'mongodb://…';
  const { protocol, username, hosts, pathname } = parsed;
  const options = Array.from(parsed.searchParams, ([name, value]) => {
    const shown = isSecretOption([name, value]) ? '…' : encodeURIComponent(value);
    return `${encodeURIComponent(name)}=${shown}`;
  });
  const query = options.length > 0 ? `?${options.join('&')}` : '';
  return `${protocol}//${username && '…@'}${hosts.join(',')}${pathname}${query}`;
}

/** Returns the database that a connection string names in its path. Drivers use it as the default, and to find the user. */
export function databaseIn(uri: string): string | undefined {
  const path = parse(uri)?.pathname.slice(1);
  return path ? decodeURIComponent(path) : undefined;
}

/** Reports whether the driver can parse a connection string. The driver's own error may repeat a part of the string. */
export const isMongodbUri = (uri: string): boolean => parse(uri)?.hosts.every(isHost) ?? false;

// With this scheme, the path of a socket is a host, too, as for the driver.
const isHost = (host: string): boolean =>
  URL.canParse(`mongodb://${host}`) && new URL(`mongodb://${host}`).port !== '0';

/**
 * Reports whether an option is secret. The value of `authMechanismProperties` has options of its own:
 * `AWS_SESSION_TOKEN:…,SERVICE_NAME:…`.
 */
function isSecretOption([name, value]: [string, string]): boolean {
  const isList = name.toLowerCase() === 'authmechanismproperties';
  const names = isList ? value.split(',').map((one) => one.split(':')[0] ?? '') : [name];
  return names.some((one) => SECRET_NAME.test(one.trim()));
}

function parse(uri: string): ConnectionString | undefined {
  try {
    const parsed = new ConnectionString(uri);
    // The driver refuses a path that it can't decode.
    decodeURIComponent(parsed.pathname);
    return parsed;
  } catch {
    return undefined;
  }
}
