import { Answers } from './answers.ts';
import { getList } from './http.ts';
import type { Sink } from './input.ts';
import type { Search } from './jaeger.ts';

const EXPECTED =
  "Expected Tempo's search results. Use the address of its HTTP API, such as http://127.0.0.1:3200.";

/**
 * Reads traces from Grafana Tempo: searches for traces, and reads each of them. Source: https://grafana.com/docs/tempo/latest/api_docs/.
 */
export async function readTempo(sink: Sink, { base, lookbackMs, limit, access }: Search): Promise<void> {
  const end = Math.ceil(Date.now() / 1_000);
  const start = end - Math.ceil(lookbackMs / 1_000);
  const url = `${base}/api/search?q=%7B%7D&limit=${limit}&start=${start}&end=${end}`;
  const ids = await getList(url, access, EXPECTED, idsOf);
  const urlOf = (id: string) => `${base}/api/v2/traces/${encodeURIComponent(id)}`;
  const read = await new Answers(sink, access).readTraces(ids, urlOf);
  if (ids.length >= limit && read > 0) sink.noteLimit(`Only ${read}`);
}

function idsOf({ traces, ...others }: { traces?: { traceID: string }[] }): string[] | undefined {
  // Protobuf's JSON mapping leaves an empty list out.
  if (traces === undefined && Object.keys(others).join() === 'metrics') return [];
  // Tempo leaves out the leading zeros of an id.
  return traces?.map(({ traceID }) => traceID.padStart(32, '0'));
}
