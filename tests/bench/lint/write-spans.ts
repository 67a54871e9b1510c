import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const PER_TRACE = 5;
/** One in this many traces breaks between producer and consumer. */
const BREAKS_EACH = 100;

/** Writes traces of five spans, one trace per line, as the Collector's file exporter does. Resolves with the number of broken traces. */
export async function writeSpans(path: string, spans: number): Promise<number> {
  const file = createWriteStream(path);
  const traces = spans / PER_TRACE;
  for (let trace = 0; trace < traces; trace++) {
    const line = `${JSON.stringify(lineOf(trace))}\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return Math.ceil(traces / BREAKS_EACH);
}

const id = (bytes: number) => randomBytes(bytes).toString('hex');

function lineOf(trace: number) {
  const isBroken = trace % BREAKS_EACH === 0;
  const traceId = id(16);
  const consumerTrace = isBroken ? id(16) : traceId;
  const [server, producer, database, consumer, client] = [id(8), id(8), id(8), id(8), id(8)];
  const messageId = id(12);
  const ms = 1_700_000_000_000 + trace * 5;
  const shop = [
    { traceId, spanId: server, name: 'POST /parcels', kind: 2, ...times(ms, 12), attributes: request },
    {
      traceId,
      spanId: producer,
      parentSpanId: server,
      name: 'send parcels',
      kind: 4,
      ...times(ms + 1, 10),
      attributes: message('send', messageId),
    },
    {
      traceId,
      spanId: database,
      parentSpanId: producer,
      name: 'insert parcels',
      kind: 3,
      ...times(ms + 2, 5),
      attributes: query,
    },
  ];
  const mail = [
    {
      traceId: consumerTrace,
      spanId: consumer,
      ...(!isBroken && { parentSpanId: producer }),
      name: 'process parcels',
      kind: 5,
      ...times(ms + 40, 30),
      attributes: message('process', messageId),
    },
    {
      traceId: consumerTrace,
      spanId: client,
      parentSpanId: consumer,
      name: 'POST',
      kind: 3,
      ...times(ms + 45, 20),
      attributes: call,
    },
  ];
  return { resourceSpans: [group('shop', shop), group('mail', mail)] };
}

const times = (ms: number, lengthMs: number) => ({
  startTimeUnixNano: `${ms}000000`,
  endTimeUnixNano: `${ms + lengthMs}000000`,
  status: {},
});

const attributes = (values: Record<string, string | number>) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));

const message = (operation: string, messageId: string) =>
  attributes({
    'messaging.system': 'kafka',
    'messaging.destination.name': 'parcels',
    'messaging.operation.name': operation,
    'messaging.operation.type': operation,
    'messaging.message.id': messageId,
  });
const request = attributes({
  'http.request.method': 'POST',
  'url.path': '/parcels',
  'http.route': '/parcels',
  'http.response.status_code': 202,
  'user_agent.original': 'curl/8',
});
const query = attributes({
  'db.system.name': 'mongodb',
  'db.query.text': '{"insert":"?"}'.repeat(10),
  'server.address': 'db',
});
const call = attributes({
  'http.request.method': 'POST',
  'url.full': 'http://till/charge',
  'url.path': '/charge',
  'server.address': 'till',
  'server.port': 80,
  'http.response.status_code': 200,
});

const group = (service: string, spans: object[]) => ({
  resource: {
    attributes: attributes({
      'service.name': service,
      'service.instance.id': `${service}-1`,
      'host.name': 'node-1',
    }),
  },
  scopeSpans: [{ scope: { name: 'bench' }, spans }],
});
