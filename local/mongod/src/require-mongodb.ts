import { MongoClient, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

const AUTHENTICATION_FAILED = 18;

/**
 * Connects to the MongoDB of `MONGODB_URI`. If that fails, throws with the driver's reason, without the secrets of the URI, and with what
 * to do.
 */
export async function requireMongodb(uri: string, timeoutMs = 5_000): Promise<void> {
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs });
    await client.db('admin').command({ ping: 1 });
  } catch (error) {
    throw new Error(explainFailure(error, uri, timeoutMs), { cause: error });
  } finally {
    await client?.close();
  }
}

function explainFailure(error: unknown, uri: string, timeoutMs: number): string {
  const reason = withoutSecret(error instanceof Error ? error.message : String(error), uri);
  return `Failed to use the MongoDB of MONGODB_URI: ${reason.replace(/\.$/, '')}. ${adviceFor(error, uri, timeoutMs)}`;
}

function adviceFor(error: unknown, uri: string, timeoutMs: number): string {
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
  if (error instanceof MongoServerSelectionError) return selectionAdvice(error, uri, timeoutMs);
  if (error instanceof MongoNetworkError || /^query(Srv|Txt) /.test(message)) return noAnswer(timeoutMs);
  return 'Correct or remove the option of MONGODB_URI that this is about, or unset it to have a MongoDB started.';
}

const noAnswer = (timeoutMs: number): string =>
  `Expected a MongoDB that answers within ${timeoutMs} ms. Start it, correct MONGODB_URI, or unset it to have one started.`;

/** Returns the advice if the driver found no server to use. The driver's message has no reason if the servers answer. */
function selectionAdvice(
  { message, reason }: MongoServerSelectionError,
  uri: string,
  timeoutMs: number,
): string {
  if (/before secure TLS connection|wrong version number/.test(message)) {
    return 'The server does not use TLS: remove tls=true from the options.';
  }
  const servers = [...(reason?.servers.values() ?? [])];
  if (servers.some(({ type }) => type === 'RSGhost')) {
    return 'Its replica set is not initiated: connect with mongosh and directConnection=true, and run rs.initiate().';
  }
  const { setName, type: kind } = reason ?? {};
  const isNoMember = `is not a member of the replica set ${JSON.stringify(setName)}. Correct or remove replicaSet.`;
  // The driver forgets a server that has another set name.
  if (setName && servers.length === 0) return `It ${isNoMember}`;
  // With directConnection=true, the driver keeps the server, but ignores the answer.
  if (setName && kind === 'Single' && servers.every(({ type, error }) => type === 'Unknown' && !error)) {
    return `It does not answer within ${timeoutMs} ms, or ${isNoMember}`;
  }
  const { hosts, readPreference } = new MongoClient(uri).options;
  if (servers.some(({ type }) => type !== 'Unknown')) {
    return readPreference.mode === 'primary'
      ? 'It answers, but its replica set has no primary. Wait for an election, or see why: run rs.status() in mongosh.'
      : 'It answers, but no member of its replica set fits the options. Correct or remove readPreference.';
  }
  // With `mongodb+srv:`, the hosts are in DNS.
  const given = hosts.map(String);
  const advertised = servers.map(({ address }) => address).filter((address) => !given.includes(address));
  if (given.length > 0 && advertised.length > 0) {
    return (
      `The server answered that its replica set is at ${withoutSecret(advertised.join(', '), uri)}, which is unreachable from here. ` +
      'Use directConnection=true in place of replicaSet, or make that address reachable.'
    );
  }
  return noAnswer(timeoutMs);
}

/** Removes a URI's password from a text, and also its parts, because the driver may have parsed one of them as a host. */
function withoutSecret(text: string, uri: string): string {
  const secret = /^[^:]*:\/\/[^:]*:(.*)@/.exec(uri)?.[1] ?? '';
  const parts = [secret, ...secret.split(/[@/:?#[\]%]/)].filter((part) => part.length > 2);
  return parts.reduce((hidden, part) => hidden.replaceAll(part, '…'), text);
}
