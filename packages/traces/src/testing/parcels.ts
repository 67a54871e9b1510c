import { A, B } from './lint.ts';
import { attributes, group } from './otlp.ts';
import { fullId } from './spans.ts';

/* OTLP JSON of a service `shop`, which sends a message, and of a service `mail`, which processes it. */

const message = attributes({
  'messaging.system': 'kafka',
  'messaging.destination.name': 'parcels',
  'messaging.message.id': 'secret-17',
});
const times = (ms: number) => ({
  startTimeUnixNano: `${1_700_000_000_000 + ms}000000`,
  endTimeUnixNano: `${1_700_000_000_005 + ms}000000`,
});

export const shop = group(
  'shop',
  { traceId: A, spanId: fullId('1'), name: 'POST /parcels', kind: 2, ...times(0) },
  {
    traceId: A,
    spanId: fullId('2'),
    parentSpanId: fullId('1'),
    name: 'send parcels',
    kind: 4,
    attributes: message,
    ...times(1),
  },
);
export const linksToShop = { links: [{ traceId: A, spanId: fullId('2') }] };

export const mail = (traceId: string, more: object = {}) =>
  group('mail', {
    traceId,
    spanId: fullId('5'),
    name: 'process parcels',
    kind: 5,
    attributes: message,
    ...times(20),
    ...more,
  });

/** Returns a span that links to a trace, and is itself in another trace. */
export const linkingTo = (traceId: string) =>
  group('till', {
    traceId: `d${traceId.slice(1)}`,
    spanId: fullId('7'),
    name: 'task',
    kind: 1,
    links: [{ traceId, spanId: fullId('2') }],
    ...times(0),
  });

export const lost = { resourceSpans: [shop, mail(B)] };
export const joined = { resourceSpans: [shop, mail(A, { parentSpanId: fullId('2') })] };
