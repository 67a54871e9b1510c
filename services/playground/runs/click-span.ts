import { ATTR, SPAN } from '@beyond-headers/contracts';
import { settingsToQuery } from '../view/settings.ts';
import type { RunSettings } from '../view/settings.ts';
import { postJson } from './http.ts';

/** How far the browser's clock may be from this one before its time is not believed. */
const MAX_SKEW_MS = 10_000;

const INTERNAL = 1;
const ERROR = 2;

/** The span of a click, which the page made the ids of. */
export interface ClickSpan {
  traceparent: string;
  clickedAtMs: number;
  endedAtMs: number;
  settings: RunSettings;
  /** Why no order was placed. */
  error?: string;
}

/**
 * Exports the root of a run's trace in the browser's name: the page may be closed before it could do so. A root that no one
 * exports leaves every span under it an orphan. Rejects when the collector does not take it.
 */
export async function exportClickSpan(otlpUrl: string, click: ClickSpan): Promise<void> {
  const url = new URL(`${otlpUrl}/v1/traces`);
  const headers = basicAuthorization(url);
  await postJson('trace collector', url.href, toOtlp(click), headers);
}

/** As an exporter does it: the user and the password move out of the URL, with which `fetch` sends nothing, into a header. */
function basicAuthorization(url: URL): Record<string, string> {
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  url.username = '';
  url.password = '';
  if (!user && !password) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** As OTLP/JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
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
    // So that the trace alone is enough to show the run again.
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
