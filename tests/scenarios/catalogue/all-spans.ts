import { parseJson, parseOtlp, type Span } from '@beyond-headers/traces';

const MOST_TRACES = 5_000;

/** Returns all spans in a trace store, through Jaeger's search. */
export async function allSpans(tracesUrl: string): Promise<Span[]> {
  const url = new URL('/api/v3/traces', tracesUrl);
  url.searchParams.set('query.startTimeMin', '2020-01-01T00:00:00Z');
  url.searchParams.set('query.startTimeMax', '2100-01-01T00:00:00Z');
  url.searchParams.set('query.searchDepth', String(MOST_TRACES));
  // Requests the spans as stored, because Jaeger otherwise adjusts them.
  url.searchParams.set('query.rawTraces', 'true');
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}: ${await response.text()}`);
  return parseOtlp(parseJson(await response.text()));
}
