import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** An invented span, as in OTLP/JSON. */
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
  /** The number of requests for a trace. */
  readonly reads: number;
  /** Sets the spans of all later responses. With undefined, the server drops every connection. */
  set: (spans: StubSpan[] | undefined) => void;
  /** Sets the response for another path, because the stub also replaces the writer and the launcher. Other paths return 404. */
  answer: (path: string, body: object) => void;
  stop: () => Promise<void>;
}

/** Starts a trace API that can serve spans that no real service creates: thousands of them, hostile ones, or orphans. */
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
