import { addressOf } from '../../read/jaeger.ts';
import { Answers } from './answers.ts';
import { getText } from './http.ts';
import type { Sink } from './input.ts';
import type { Search } from './jaeger.ts';

const EXPECTED =
  "Expected Tempo's search results. Use the address of its HTTP API, such as http://127.0.0.1:3200.";

/**
 * Reads traces from Grafana Tempo: searches for traces, and reads each of them. Source: https://grafana.com/docs/tempo/latest/api_docs/.
 */
export async function readTempo(sink: Sink, { url, lookbackMs, limit, access }: Search): Promise<void> {
  const { base, headers } = addressOf(url);
  const as = { ...access, headers: { accept: 'application/json', ...headers, ...access.headers } };
  const end = Math.ceil(Date.now() / 1_000);
  const start = end - Math.ceil(lookbackMs / 1_000);
  const query = new URLSearchParams({
    q: '{}',
    limit: String(limit),
    start: String(start),
    end: String(end),
  });
  const search = `${base}/api/search?${query.toString()}`;
  const ids = traceIds(search, await getText(search, as, EXPECTED));
  const urlOf = (id: string) => `${base}/api/v2/traces/${encodeURIComponent(id)}`;
  const read = await new Answers(sink, as).readTraces(ids, urlOf);
  if (ids.length >= limit && read > 0) sink.noteLimit(`Only ${read}`);
}

function traceIds(url: string, text: string): string[] {
  try {
    const { traces, ...others } = JSON.parse(text) as { traces?: { traceID: string }[] };
    // Protobuf's JSON mapping leaves an empty list out.
    if (traces === undefined && Object.keys(others).join() === 'metrics') return [];
    // Tempo leaves out the leading zeros of an id.
    if (Array.isArray(traces)) return traces.map(({ traceID }) => traceID.padStart(32, '0'));
  } catch {
    // The error below shows the response.
  }
  throw new Error(`Failed to read ${url}: got ${JSON.stringify(text.slice(0, 80))}. ${EXPECTED}`);
}
