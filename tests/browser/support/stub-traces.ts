import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** One span of a trace that never was, as OTLP/JSON has it. */
export interface StubSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  service: string;
  kind?: number;
  startMs: number;
  endMs: number;
  attributes?: Record<string, string>;
  events?: Array<{ name: string; attributes: Record<string, string> }>;
  links?: Array<{ traceId: string; spanId: string }>;
  error?: string;
}

export interface StubTraces {
  url: string;
  /** How often a trace was asked for. */
  readonly reads: number;
  /** What is answered from now on; undefined drops every connection. */
  set: (spans: StubSpan[] | undefined) => void;
  /** What another path answers, for it stands for writer and launcher too; anything else there is unknown to it. */
  answer: (path: string, body: object) => void;
  stop: () => Promise<void>;
}

/** A trace API with spans that no real service would make: thousands, hostile, orphaned. */
export async function startStubTraces(): Promise<StubTraces> {
  let spans: StubSpan[] | undefined = [];
  let reads = 0;
  const answers = new Map<string, object>();
  const server = await listen(({ url = '', socket }, response) => {
    if (!spans) {
      socket.destroy();
      return;
    }
    const { pathname } = new URL(url, 'http://stub');
    const isTrace = pathname.startsWith(TRACES);
    if (isTrace) reads++;
    const body = isTrace ? toAnswer(spans, pathname.slice(TRACES.length)) : answers.get(url);
    response.statusCode = body ? 200 : 404;
    response.end(JSON.stringify(body ?? UNKNOWN));
  });
  return {
    url: urlOf(server),
    get reads() {
      return reads;
    },
    set: (next) => (spans = next),
    answer: (path, body) => answers.set(path, body),
    stop: () => cutServer(server),
  };
}

const TRACES = '/api/v3/traces/';
const UNKNOWN = { error: { httpCode: 404, message: 'No traces found' } };

function toAnswer(spans: StubSpan[], traceId: string): object | undefined {
  const found = spans.filter((span) => span.traceId === traceId);
  return found.length > 0 ? { result: { resourceSpans: found.map(toOtlp) } } : undefined;
}

function toOtlp({ service, startMs, endMs, attributes = {}, events = [], error, ...span }: StubSpan): object {
  const resource = { attributes: [text('service.name', service)] };
  const otlp = {
    ...span,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${endMs}000000`,
    attributes: texts(attributes),
    events: events.map((event) => ({
      name: event.name,
      timeUnixNano: `${startMs}000000`,
      attributes: texts(event.attributes),
    })),
    status: error ? { code: 2, message: error } : {},
  };
  return { resource, scopeSpans: [{ scope: {}, spans: [otlp] }] };
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

const texts = (values: Record<string, string>) =>
  Object.entries(values).map(([key, value]) => text(key, value));
