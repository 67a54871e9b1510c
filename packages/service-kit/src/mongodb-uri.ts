import { ConnectionString } from 'mongodb-connection-string-url';

/** `tlsCertificateKeyFilePassword`, `proxyPassword`; in `authMechanismProperties`, `AWS_SESSION_TOKEN`. */
const SECRET_NAME = /(?:pass|password|passphrase|secret|token)$/i;

/** Whether a connection string holds what others must not see: a password, or an option that is one. What can't be read may. */
export function holdsSecret(uri: string): boolean {
  const parsed = parse(uri);
  return !parsed || parsed.password !== '' || [...parsed.searchParams].some(isSecretOption);
}

/** A connection string as it may be shown: without user, password and secret options. */
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

/** Whether the driver takes it for a connection string. Its own message may repeat a part of what it got. */
export const isMongodbUri = (uri: string): boolean => parse(uri) !== undefined;

/** An option may hold more of them: `authMechanismProperties=AWS_SESSION_TOKEN:…,SERVICE_NAME:…`. */
function isSecretOption([name, value]: [string, string]): boolean {
  const isList = name.toLowerCase() === 'authmechanismproperties';
  const names = isList ? value.split(',').map((one) => one.split(':')[0] ?? '') : [name];
  return names.some((one) => SECRET_NAME.test(one.trim()));
}

function parse(uri: string): ConnectionString | undefined {
  try {
    return new ConnectionString(uri);
  } catch {
    return undefined;
  }
}
