import { ATTR, SPAN } from '@beyond-headers/contracts';
import { settingsToQuery } from '../view/settings.ts';
import { send } from './http.ts';
import type { NewRun } from './new-run.ts';

/** The maximum difference between the browser's clock and this one. Beyond it, the browser's time is ignored. */
const MAX_SKEW_MS = 10_000;

const INTERNAL = 1;
const ERROR = 2;

/** The span of a click, whose ids the page created. */
export interface ClickSpan extends NewRun {
  endedAtMs: number;
  /** Why an order could not be placed. */
  error?: string;
}

/**
 * Exports the root of a run's trace for the browser, because the page may be closed before it could export it. Without the root,
 * every span under it would be an orphan. Rejects if the collector doesn't accept the span.
 */
export async function exportClickSpan(otlpUrl: string, click: ClickSpan): Promise<void> {
  const url = new URL(`${otlpUrl}/v1/traces`);
  const headers = basicAuthorization(url);
  // Collectors may answer with an empty body, or with protobuf.
  await send('trace collector', url.href, toOtlp(click), headers);
}

/** Moves the user and the password from the URL to a header, as an exporter does. With a password in the URL, `fetch` sends nothing. */
function basicAuthorization(url: URL): Record<string, string> {
  const [user, password] = [url.username, url.password].map(decoded);
  url.username = '';
  url.password = '';
  if (!user && !password) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Converts the span to OTLP/JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export function toOtlp({ traceparent, clickedAtMs, endedAtMs, settings, error }: ClickSpan): object {
  const [, traceId, spanId] = traceparent.split('-');
  const isBelieved = Math.abs(endedAtMs - clickedAtMs) < MAX_SKEW_MS;
  const startMs = isBelieved ? Math.min(clickedAtMs, endedAtMs) : endedAtMs;
  const span = {
    traceId,
    spanId,
    name: SPAN.clickRun,
    kind: INTERNAL,
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(endedAtMs),
    // With the settings, the trace alone is enough to show the run again.
    attributes: [text(ATTR.runSettings, settingsToQuery(settings).toString())],
    status: error ? { code: ERROR, message: error } : {},
  };
  const scopeSpans = [{ scope: { name: 'beyond-headers/playground' }, spans: [span] }];
  return { resourceSpans: [{ resource: { attributes: [text('service.name', 'browser')] }, scopeSpans }] };
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}
