/** Matches the user and password of a URL. Greedy, because a password that is not escaped may contain a slash or an `@`. */
const CREDENTIALS = /(\/\/)[^\s'"]*@/g;
const HEADER_VARIABLES = /^OTEL_EXPORTER_OTLP_(\w+_)?HEADERS$/;
/** Shorter values are common words, not secrets. */
const MIN_SECRET_LENGTH = 4;

/** Redacts credentials in a message from any source: those in URLs, and the values of OTLP headers. */
export function redactSecrets(message: string, env: NodeJS.ProcessEnv): string {
  return headerValues(env).reduce(
    (text, secret) => text.replaceAll(secret, '***'),
    message.replace(CREDENTIALS, '$1***@'),
  );
}

function headerValues(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env)
    .filter(([name]) => HEADER_VARIABLES.test(name))
    .flatMap(([, pairs = '']) => pairs.split(','))
    .flatMap((pair) => {
      const value = pair.slice(pair.indexOf('=') + 1).trim();
      return [value, decoded(value)];
    })
    .filter((value) => value.length >= MIN_SECRET_LENGTH);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
