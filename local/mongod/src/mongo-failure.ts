import { MongoServerError } from 'mongodb';

const AUTHENTICATION_FAILED = 18;

/** Returns why the MongoDB of `MONGODB_URI` can't be used, and what to do. The reason is the driver's, without the secrets of the URI. */
export function explainMongoFailure(error: unknown, uri: string, timeoutMs: number): string {
  const reason = withoutSecret(error instanceof Error ? error.message : String(error), uri);
  return `Failed to use the MongoDB of MONGODB_URI: ${reason.replace(/\.$/, '')}. ${adviceFor(error, timeoutMs)}`;
}

function adviceFor(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error;
  if (error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED) {
    return 'Correct its user, password or authSource.';
  }
  if (/unescaped|malformed|^Invalid connection string/.test(message)) {
    return 'Percent-encode special characters of its user and password, as encodeURIComponent does: @ is %40, / is %2F.';
  }
  const isWrong = ['MongoParseError', 'MongoInvalidArgumentError', 'MongoRuntimeError'].includes(name);
  if (isWrong) return 'Expected mongodb://host:port/?options or mongodb+srv://host/?options.';
  const certificate = /certificate|self.signed/i.test(
    `${message} ${cause instanceof Error ? cause.message : ''}`,
  );
  if (certificate) return 'Name the authority that signed it: tlsCAFile=/path/to/ca.pem among the options.';
  return `Expected a MongoDB that answers within ${timeoutMs} ms. Start it, correct MONGODB_URI, or unset it to have one started.`;
}

/** Removes a URI's password from a text, and also its parts, because the driver may have parsed one of them as a host. */
function withoutSecret(text: string, uri: string): string {
  const secret = /^[^:]*:\/\/[^:]*:(.*)@/.exec(uri)?.[1] ?? '';
  const parts = [secret, ...secret.split(/[@/:?#[\]%]/)].filter((part) => part.length > 2);
  return parts.reduce((hidden, part) => hidden.replaceAll(part, '…'), text);
}
