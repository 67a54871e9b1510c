/** https://opentelemetry.io/docs/specs/otlp/#failures-1: the others must not be tried again at once. */
const RETRYABLE = new Set([429, 502, 503, 504]);
/** The collector will never take these spans. */
const BAD_DATA = new Set([400, 413, 422]);

interface DeliveryErrorOptions extends ErrorOptions {
  retryable?: boolean;
  badData?: boolean;
  retryAfterMs?: number | undefined;
}

/** Why the collector did not take spans, and whether it may take them later. */
export class DeliveryError extends Error {
  readonly retryable: boolean;
  /** It is about these spans, and not about the collector. */
  readonly badData: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { retryable, badData, retryAfterMs, ...options }: DeliveryErrorOptions = {}) {
    super(message, options);
    this.name = 'DeliveryError';
    this.retryable = retryable ?? false;
    this.badData = badData ?? false;
    this.retryAfterMs = retryAfterMs;
  }

  /** No answer: refused, reset, cut off, too late. */
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

/** Seconds, or a date. */
function retryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
