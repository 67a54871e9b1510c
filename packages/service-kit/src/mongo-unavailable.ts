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

/** Errors of the driver that say that no server could be reached, or that none answered in time. */
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
  // An operation without a session of its own gets a new one when it is tried again.
  MongoExpiredSessionError,
];

/** The driver throws these and does not export their classes. */
const UNREACHABLE_NAMES = new Set(['MongoWaitQueueTimeoutError', 'MongoPoolClosedError']);

const PASSING_LABELS = [
  'RetryableWriteError',
  'RetryableError',
  'TransientTransactionError',
  'ResumableChangeStreamError',
];

/** What a server says when it, or another member, can do the same later: https://www.mongodb.com/docs/manual/reference/error-codes/ */
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

/** What the driver puts around an error of its own or of the server. */
interface Wrapper {
  cause?: unknown;
  /** Of a MongoBulkWriteError, what it is made of: an error of the driver where no answer came. */
  errorResponse?: unknown;
  /** A list, or of a client's bulk write a map. */
  writeErrors?: { values(): Iterable<WithCode> };
  writeConcernErrors?: WithCode[];
  result?: { getWriteConcernError?: () => WithCode | undefined };
}

interface WithCode {
  code?: unknown;
}

/**
 * True when an error means that MongoDB could not be reached, did not answer in time or can't do it now, so that the same
 * operation may succeed later. A write that failed so may have taken effect, or may yet.
 */
export function isMongoUnavailable(error: unknown): boolean {
  for (const layer of layersOf(error)) {
    const verdict = judge(layer);
    if (verdict !== undefined) return verdict;
  }
  return false;
}

/** An error, what it wraps, what that wraps. */
function* layersOf(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  for (let layer = error; layer instanceof Error && !seen.has(layer);) {
    yield layer;
    seen.add(layer);
    const { errorResponse, cause }: Wrapper = layer;
    layer = errorResponse instanceof Error ? errorResponse : cause;
  }
}

/** Undefined when the error itself does not say. */
function judge(error: Error): boolean | undefined {
  if (isUnreachable(error) || isDnsFailure(error)) return true;
  const wrapper: Wrapper = error;
  const refused = [...(wrapper.writeErrors?.values() ?? [])];
  // What the server refused of a bulk write, it refuses again, whatever else went wrong with it.
  if (refused.length > 0) return refused.every(isPassingCode);
  if (writeConcernErrorsOf(wrapper).some(isPassingCode)) return true;
  return error instanceof MongoServerError && isPassing(error) ? true : undefined;
}

/** The server wrote, but could not say that the write will last. */
function writeConcernErrorsOf({ writeConcernErrors = [], result }: Wrapper): WithCode[] {
  const ofBulk = result?.getWriteConcernError?.();
  return ofBulk ? [...writeConcernErrors, ofBulk] : writeConcernErrors;
}

function isUnreachable(error: Error): boolean {
  if (UNREACHABLE_NAMES.has(error.name)) return true;
  return UNREACHABLE.some((type) => error instanceof type);
}

/** Of a `mongodb+srv:` address, whose servers DNS names: the driver passes such an error on as it is. */
const isDnsFailure = (error: Error): boolean =>
  !(error instanceof MongoError) &&
  /^query(Srv|Txt)$/i.test(String((error as { syscall?: unknown }).syscall));

const isPassing = (error: MongoServerError): boolean =>
  isPassingCode(error) || PASSING_LABELS.some((label) => error.hasErrorLabel(label));

const isPassingCode = ({ code }: WithCode): boolean => PASSING_CODES.has(Number(code));
