import type { IncomingHttpHeaders } from 'node:http';

/**
 * The status codes that permit a retry. After other codes, only the journal tries again, and never after `BAD_DATA`.
 * https://opentelemetry.io/docs/specs/otlp/#failures-1
 */
const RETRYABLE = new Set([429, 502, 503, 504]);
/** The status codes with which the collector rejects these spans for good. */
const BAD_DATA = new Set([400, 413, 422]);

/** The signals that a collector receives, and the path of each after the base URL. */
export const PATHS = { TRACES: 'v1/traces', LOGS: 'v1/logs' };
export type Signal = keyof typeof PATHS;

const CHECK_URL = (signal: Signal) =>
  `OTEL_EXPORTER_OTLP_ENDPOINT is a base URL, without /${PATHS[signal]}; OTEL_EXPORTER_OTLP_${signal}_ENDPOINT is the full URL, with it`;
const CHECK_HEADERS = () => 'check the credentials in OTEL_EXPORTER_OTLP_HEADERS';
/** What to check if the settings are the likely cause of a status code. */
const HINTS = new Map<number, (signal: Signal) => string>([
  [401, CHECK_HEADERS],
  [403, CHECK_HEADERS],
  [404, CHECK_URL],
  [405, CHECK_URL],
]);

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

  /** `origin` is the server's address without a path, because the path of some vendors contains a token. */
  static ofStatus(
    origin: string,
    status: number,
    { location, 'retry-after': retryAfter }: IncomingHttpHeaders,
    signal: Signal = 'TRACES',
  ) {
    const target = location === undefined || !URL.canParse(location) ? '' : new URL(location).origin;
    const redirect = target && `, a redirect to ${target}. Set the endpoint to the new address`;
    const hint = HINTS.get(status);
    const advice = hint ? `; ${hint(signal)}` : '';
    return new DeliveryError(`the collector at ${origin} answered ${status}${redirect}${advice}`, {
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
