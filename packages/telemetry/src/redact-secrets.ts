import { percentDecoded } from './percent-decoded.ts';

/** A URL and what stands around it. */
const WORD = /[^\s'"]+/g;
/** A `file:` URL has no user, but its path may have the `@` of a package's scope. */
const STARTS_OF_URLS = /\bfile:\/*|\/\//g;
const HEADER_VARIABLES = /^OTEL_EXPORTER_OTLP_(\w+_)?HEADERS$/;
/** Shorter values are common words, not secrets. */
const MIN_SECRET_LENGTH = 4;

/** Redacts credentials in a message from any source: those in URLs, and the values of OTLP headers. */
export function redactSecrets(message: string, env: NodeJS.ProcessEnv): string {
  return headerValues(env).reduce(
    (text, secret) => text.replaceAll(secret, '***'),
    message.replace(WORD, hideCredentials),
  );
}

/**
 * Hides the user and password of a URL: all up to the last `@`, because a password that is not escaped may contain a slash or an `@`.
 * One regular expression for this takes quadratic time on a long run of slashes.
 */
function hideCredentials(word: string): string {
  const end = word.lastIndexOf('@');
  const start = [...word.matchAll(STARTS_OF_URLS)].find(([text]) => text === '//')?.index;
  return start === undefined || end < start ? word : `${word.slice(0, start)}//***${word.slice(end)}`;
}

/** Returns the longest values first: a shorter one may be a part of a longer one, of which the rest would stay. */
function headerValues(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env)
    .filter(([name]) => HEADER_VARIABLES.test(name))
    .flatMap(([, pairs = '']) => pairs.split(','))
    .flatMap((pair) => {
      const value = pair.slice(pair.indexOf('=') + 1).trim();
      return [value, percentDecoded(value)].flatMap((text) => [text, ...credentialsOf(text)]);
    })
    .filter((value) => value.length >= MIN_SECRET_LENGTH)
    .toSorted((a, b) => b.length - a.length);
}

/** Returns the part of an `Authorization` header that a server may repeat alone: the text after the scheme, as in `Bearer …`. */
function credentialsOf(value: string): string[] {
  const [, credentials] = /^\S+\s+(\S.*)$/.exec(value) ?? [];
  return credentials === undefined ? [] : [credentials];
}
