import type { SpanStore } from '../model/span-store.ts';
import { Answers } from './answers.ts';
import { getList, type Access, type AnswerError } from './http.ts';
import type { Sink } from './input.ts';

/** Which traces to read from a server. */
export interface Search {
  /** The address without credentials, and without a slash at its end. */
  base: string;
  /** How far back, in milliseconds. */
  lookbackMs: number;
  /** The maximum number of traces, for each service if the server is searched by service. */
  limit: number;
  access: Access;
}

/**
 * Reads traces from a Jaeger v2 query API as they were stored, because a default read would change them. Reads those of every service,
 * because the other half of a hop belongs to another service, and those to which they link. Throws if the server doesn't respond like
 * Jaeger.
 */
export async function readJaeger(sink: Sink, search: Search): Promise<void> {
  const { base, access } = search;
  const { store } = sink;
  const answers = new Answers(sink, access);
  const url = `${base}/api/v3/services`;
  const services = await getList(
    url,
    access,
    EXPECTED,
    ({ services = [] }: { services?: string[] }) => services,
  );
  try {
    await readServices(sink, answers, search, services);
  } finally {
    for (const trace of missingTraces(store)) store.unread.add(store.traces.text(trace));
  }
  await readLinked(sink, base, answers);
}

const EXPECTED =
  "Expected Jaeger's list of services. Use the address of its UI, such as http://127.0.0.1:16686.";

async function readServices(
  sink: Sink,
  answers: Answers,
  { base, lookbackMs, limit }: Search,
  services: readonly string[],
): Promise<void> {
  const toMs = Date.now();
  const [from = '', to = ''] = [toMs - lookbackMs, toMs].map((ms) => new Date(ms).toISOString());
  for (const service of services) {
    const first = sink.store.size;
    await answers.read(`${base}/api/v3/traces?${query(service, from, to, limit)}`, isNothing);
    if (tracesSince(sink.store, first) >= limit)
      sink.noteLimit(`Of the service ${service}, only the last ${limit}`);
  }
}

function tracesSince({ trace, size }: SpanStore, first: number): number {
  const traces = new Set<number>();
  for (let span = first; span < size; span++) traces.add(trace.at(span));
  return traces.size;
}

/** Gives each parameter its name since Jaeger 2.20 and its earlier name. A version ignores the names that it doesn't know. */
function query(service: string, from: string, to: string, limit: number): string {
  return new URLSearchParams({
    'query.serviceName': service,
    'query.service_name': service,
    'query.startTimeMin': from,
    'query.start_time_min': from,
    'query.startTimeMax': to,
    'query.start_time_max': to,
    'query.searchDepth': String(limit),
    'query.num_traces': String(limit),
    'query.rawTraces': 'true',
    'query.raw_traces': 'true',
  }).toString();
}

/** Jaeger responds with 404 if no trace matches. */
const isNothing = ({ status, body }: AnswerError): boolean => status === 404 && body.includes('httpCode');

const MAX_LINKED = 200;

/** Reads linked traces, which may be older than the traces in the search. Without them, each such link would seem to lead nowhere. */
async function readLinked({ store, notes }: Sink, base: string, answers: Answers): Promise<void> {
  const linked = [...store.unread];
  const urlOf = (trace: string) => `${base}/api/v3/traces/${trace}?rawTraces=true&raw_traces=true`;
  await answers.readTraces(linked.slice(0, MAX_LINKED), urlOf, isNothing);
  if (linked.length > MAX_LINKED)
    notes.push(`Of ${linked.length} older traces that are linked to, only ${MAX_LINKED} were read.`);
}

/** Returns the traces to which spans link, but of which no span was read. */
function missingTraces(store: SpanStore): Set<number> {
  const linked = new Set<number>();
  for (let span = 0; span < store.size; span++)
    for (const { trace } of store.linksOf(span)) linked.add(trace);
  for (let span = 0; span < store.size; span++) linked.delete(store.trace.at(span));
  return linked;
}
