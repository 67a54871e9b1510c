/**
 * The status codes that permit a retry. After other codes, only the journal tries again, and never after `BAD_DATA`.
 * https://opentelemetry.io/docs/specs/otlp/#failures-1
 */
const RETRYABLE = new Set([429, 502, 503, 504]);
/** The status codes with which the collector rejects these spans for good. */
const BAD_DATA = new Set([400, 413, 422]);

interface DeliveryErrorOptions extends ErrorOptions {
  retryable?: boolean;
  badData?: boolean;
  retryAfterMs?: number | undefined;
}

/** The reason why the collector didn't accept spans, and whether a retry may succeed. */
export class DeliveryError extends Error {
  readonly retryable: boolean;
  /** True if the cause is these spans, and not the collector. */
  readonly badData: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { retryable, badData, retryAfterMs, ...options }: DeliveryErrorOptions = {}) {
    super(message, options);
    this.name = 'DeliveryError';
    this.retryable = retryable ?? false;
    this.badData = badData ?? false;
    this.retryAfterMs = retryAfterMs;
  }

  /** Wraps an error that occurred instead of a response, such as a refused connection or a timeout. */
  static from(error: unknown): DeliveryError {
    if (error instanceof DeliveryError) return error;
    const { message, code } = error as NodeJS.ErrnoException;
    return new DeliveryError(message || (code ?? String(error)), { cause: error, retryable: true });
  }

  static ofStatus(status: number, retryAfter?: string): DeliveryError {
    return new DeliveryError(`the collector answered ${status}`, {
      retryable: RETRYABLE.has(status),
      badData: BAD_DATA.has(status),
      retryAfterMs: retryAfterMs(retryAfter),
    });
  }
}

/** Parses a `Retry-After` header, which has seconds or a date. */
function retryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
