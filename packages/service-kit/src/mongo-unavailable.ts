import {
  MongoClientClosedError,
  MongoError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoStalePrimaryError,
  MongoSystemError,
  MongoTopologyClosedError,
  MongoUnexpectedServerResponseError,
} from 'mongodb';

/** The driver's errors for servers that are unreachable or don't respond in time. */
const UNREACHABLE = [
  MongoNetworkError,
  MongoSystemError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoTopologyClosedError,
  MongoNotConnectedError,
  MongoClientClosedError,
  MongoStalePrimaryError,
  MongoUnexpectedServerResponseError,
  // On a retry, an operation without an explicit session gets a new one.
  MongoExpiredSessionError,
];

/** The driver throws these errors, but doesn't export their classes. */
const UNREACHABLE_NAMES = new Set(['MongoWaitQueueTimeoutError', 'MongoPoolClosedError']);

const PASSING_LABELS = [
  'RetryableWriteError',
  'RetryableError',
  'TransientTransactionError',
  'ResumableChangeStreamError',
];

/**
 * Error codes after which the server, or another member, may succeed later:
 * https://www.mongodb.com/docs/manual/reference/error-codes/
 */
const PASSING_CODES = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  43, // CursorNotFound
  46, // LockBusy
  50, // MaxTimeMSExpired
  64, // WriteConcernFailed
  89, // NetworkTimeout
  91, // ShutdownInProgress
  112, // WriteConflict
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  202, // NetworkInterfaceExceededTimeLimit
  237, // CursorKilled
  262, // ExceededTimeLimit
  279, // ClientDisconnect
  365, // TemporarilyUnavailable
  384, // ConnectionPoolExpired
  9001, // SocketException
  10_058, // NotPrimary, of old servers
  10_107, // NotWritablePrimary
  11_600, // InterruptedAtShutdown
  11_601, // Interrupted
  11_602, // InterruptedDueToReplStateChange
  13_435, // NotPrimaryNoSecondaryOk
  13_436, // NotPrimaryOrSecondary
]);

/** An error that may wrap another error of the driver or of the server. */
interface Wrapper {
  cause?: unknown;
  /** The error from which a MongoBulkWriteError was made: an error of the driver if there was no response. */
  errorResponse?: unknown;
  /** A list, or a map after `client.bulkWrite`. */
  writeErrors?: { values(): Iterable<WithCode> };
  writeConcernErrors?: WithCode[];
  result?: { getWriteConcernError?: () => WithCode | undefined };
}

interface WithCode {
  code?: unknown;
}

/**
 * Reports whether an error means that MongoDB is unreachable, doesn't respond in time, or can't do the operation at the moment.
 * The same operation may succeed later. A failed write may still have taken effect, or may take effect later.
 */
export function isMongoUnavailable(error: unknown): boolean {
  for (const layer of layersOf(error)) {
    const verdict = judge(layer);
    if (verdict !== undefined) return verdict;
  }
  return false;
}

/** Yields an error, and then the errors that it wraps. */
function* layersOf(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  for (let layer = error; layer instanceof Error && !seen.has(layer);) {
    yield layer;
    seen.add(layer);
    const { errorResponse, cause }: Wrapper = layer;
    layer = errorResponse instanceof Error ? errorResponse : cause;
  }
}

/** Returns undefined if the error itself doesn't decide. */
function judge(error: Error): boolean | undefined {
  if (isUnreachable(error) || isDnsFailure(error)) return true;
  const wrapper: Wrapper = error;
  const refused = [...(wrapper.writeErrors?.values() ?? [])];
  // The server would refuse these writes again, so they decide, whatever other errors there are.
  if (refused.length > 0) return refused.every(isPassingCode);
  if (writeConcernErrorsOf(wrapper).some(isPassingCode)) return true;
  return error instanceof MongoServerError && isPassing(error) ? true : undefined;
}

/** Returns the write concern errors. The server made the write, but couldn't confirm that it is durable. */
function writeConcernErrorsOf({ writeConcernErrors = [], result }: Wrapper): WithCode[] {
  const ofBulk = result?.getWriteConcernError?.();
  return ofBulk ? [...writeConcernErrors, ofBulk] : writeConcernErrors;
}

const isUnreachable = (error: Error): boolean =>
  UNREACHABLE_NAMES.has(error.name) || UNREACHABLE.some((type) => error instanceof type);

/** Reports whether an error comes from the DNS lookup for a `mongodb+srv:` address. The driver doesn't wrap such an error. */
const isDnsFailure = (error: Error): boolean =>
  !(error instanceof MongoError) &&
  /^query(Srv|Txt)$/i.test(String((error as { syscall?: unknown }).syscall));

const isPassing = (error: MongoServerError): boolean =>
  isPassingCode(error) || PASSING_LABELS.some((label) => error.hasErrorLabel(label));

const isPassingCode = ({ code }: WithCode): boolean => PASSING_CODES.has(Number(code));
