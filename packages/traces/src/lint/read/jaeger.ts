import { addressOf } from '../../read/jaeger.ts';
import type { Link, SpanStore } from '../model/span-store.ts';
import { Answers } from './answers.ts';
import { AnswerError, getText, type Access } from './http.ts';
import type { Sink } from './input.ts';

/** Which traces to read from a server. */
export interface Search {
  url: string;
  /** How far back, in milliseconds. */
  lookbackMs: number;
  /** The maximum number of traces, for each service if the server is searched by service. */
  limit: number;
  access: Access;
}

type Names = Record<'service' | 'from' | 'to' | 'limit' | 'raw', string>;

/** The names of Jaeger's parameters since 2.20, and before. */
const dialects: [Names, Names] = [
  {
    service: 'query.serviceName',
    from: 'query.startTimeMin',
    to: 'query.startTimeMax',
    limit: 'query.searchDepth',
    raw: 'query.rawTraces',
  },
  {
    service: 'query.service_name',
    from: 'query.start_time_min',
    to: 'query.start_time_max',
    limit: 'query.num_traces',
    raw: 'query.raw_traces',
  },
];

/**
 * Reads traces from a Jaeger v2 query API as they were stored, because a default read would change them. Reads those of every service,
 * because the other half of a hop belongs to another service, and those to which they link. Throws if the server doesn't respond like
 * Jaeger.
 */
export async function readJaeger(sink: Sink, { url, lookbackMs, limit, access }: Search): Promise<void> {
  const { base, headers } = addressOf(url);
  const as = { ...access, headers: { ...headers, ...access.headers } };
  const answers = new Answers(sink, as);
  try {
    await readServices(sink, answers, { base, lookbackMs, limit, services: await servicesOf(base, as) });
  } finally {
    for (const trace of missingTraces(sink.store)) sink.store.unread.add(trace);
  }
  await readLinked(sink, base, answers);
}

interface Services extends Pick<Search, 'lookbackMs' | 'limit'> {
  base: string;
  services: readonly string[];
}

async function readServices(
  sink: Sink,
  answers: Answers,
  { base, lookbackMs, limit, services }: Services,
): Promise<void> {
  const toMs = Date.now();
  const [from = '', to = ''] = [toMs - lookbackMs, toMs].map((ms) => new Date(ms).toISOString());
  let names = dialects[0];
  for (const service of services) {
    const search = (by: Names) =>
      answers.read(`${base}/api/v3/traces?${query(by, { service, from, to, limit })}`, isNothing);
    const first = sink.store.size;
    try {
      await search(names);
    } catch (error) {
      if (!isOtherDialect(error) || names === dialects[1]) throw error;
      [, names] = dialects;
      await search(names);
    }
    if (tracesSince(sink.store, first) >= limit)
      sink.noteLimit(`Of the service ${service}, only the last ${limit}`);
  }
}

function tracesSince({ trace, size }: SpanStore, first: number): number {
  const traces = new Set<number>();
  for (let span = first; span < size; span++) traces.add(trace.at(span));
  return traces.size;
}

function query(names: Names, values: { service: string; from: string; to: string; limit: number }): string {
  return new URLSearchParams({
    [names.service]: values.service,
    [names.from]: values.from,
    [names.to]: values.to,
    [names.limit]: String(values.limit),
    [names.raw]: 'true',
  }).toString();
}

/** Reports whether Jaeger is older than 2.20. It then ignores the new names of parameters, and requires the old ones. */
function isOtherDialect(error: unknown): boolean {
  return (
    error instanceof AnswerError && error.status === 400 && /start_time_min|query\.\w+_/.test(error.body)
  );
}

const EXPECTED =
  "Expected Jaeger's list of services. Use the address of its UI, such as http://127.0.0.1:16686.";

async function servicesOf(base: string, access: Access): Promise<string[]> {
  const url = `${base}/api/v3/services`;
  const text = await getText(url, access, EXPECTED);
  try {
    const { services = [] } = JSON.parse(text) as { services?: string[] };
    if (Array.isArray(services)) return services;
  } catch {
    // The error below shows the response.
  }
  throw new Error(`Failed to read ${url}: got ${JSON.stringify(text.slice(0, 80))}. ${EXPECTED}`);
}

/** Jaeger responds with 404 if no trace matches. */
function isNothing(error: AnswerError): boolean {
  if (isOtherDialect(error)) throw error;
  return error.status === 404 && error.body.includes('httpCode');
}

const MAX_LINKED = 200;

/** Reads linked traces, which may be older than the traces in the search. Without them, each such link would seem to lead nowhere. */
async function readLinked({ store, notes }: Sink, base: string, answers: Answers): Promise<void> {
  const linked = [...store.unread];
  const urlOf = (trace: string) => `${base}/api/v3/traces/${trace}?rawTraces=true&raw_traces=true`;
  await answers.readTraces(linked.slice(0, MAX_LINKED), urlOf, isNothing);
  if (linked.length > MAX_LINKED)
    notes.push(`Of ${linked.length} older traces that are linked to, only ${MAX_LINKED} were read.`);
}

function missingTraces(store: SpanStore): Set<string> {
  const there = new Set<number>();
  const linked = new Set<number>();
  for (let span = 0; span < store.size; span++) {
    there.add(store.trace.at(span));
    for (const { trace } of store.linksOf(span) as Iterable<Link>) linked.add(trace);
  }
  return new Set([...linked].filter((trace) => !there.has(trace)).map((trace) => store.traces.text(trace)));
}
