import type { Backend } from './backends.ts';
import { getUntil, newTraceId, post } from './client.ts';

/** The time in which a search finds `slow` and `quick`, as parameters with the names that Jaeger has since 2.20. */
export const window = 'query.startTimeMin=2023-11-14T00:00:00Z&query.startTimeMax=2023-11-16T00:00:00Z';
/** The same with the former names, which Jaeger still accepts. */
export const formerWindow = window.replaceAll('TimeM', '_time_m').replaceAll('startT', 'start_t');

type Ids = { slow: string; quick: string; late: string };
const seeds = new Map<Backend, Promise<{ service: string; traceIds: Ids }>>();

/**
 * Stores three traces of a new service, once for each backend: `slow` and then `quick` in the search's window, and `late` a day after it.
 */
export function seeded(backend: Backend): Promise<{ service: string; traceIds: Ids }> {
  const seed = seeds.get(backend) ?? sow(backend);
  seeds.set(backend, seed);
  return seed;
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** Attributes of several types. */
const described = [
  { key: 'n', value: { intValue: '9007199254740993' } },
  text('text', 't'),
  { key: 'yes', value: { boolValue: true } },
];

async function sow(backend: Backend): Promise<{ service: string; traceIds: Ids }> {
  const service = `contract-${newTraceId()}`;
  const traceIds = { slow: newTraceId(), quick: newTraceId(), late: newTraceId() };
  const spans = [
    { traceId: traceIds.late, name: 'late', ...at('1700200000000000000', '1700200000000000009') },
    {
      traceId: traceIds.slow,
      name: 'slow',
      kind: 2,
      status: { code: 2 },
      attributes: described,
      events: [{ name: 'e', attributes: [text('of.event', 'e')] }],
      links: [{ traceId: 'e'.repeat(32), spanId: 'e'.repeat(16), attributes: [text('of.link', 'l')] }],
      ...at('1700000000000000000', '1700000000500000000'),
    },
    {
      traceId: traceIds.quick,
      name: 'quick',
      kind: 3,
      status: { code: 1 },
      ...at('1700000001000000000', '1700000001000000009'),
    },
  ];
  for (const span of spans) {
    await post(backend, bodyOf(service, [{ spanId: 'a1'.padStart(16, '0'), ...span }]));
    await getUntil(backend, `/api/v3/traces/${span.traceId}`, ({ status }) => status === 200);
  }
  return { service, traceIds };
}

/** Returns the body of a post with these spans of one service. */
export function bodyOf(service: string | undefined, spans: readonly object[]): string {
  const attributes = service ? [text('service.version', '7'), text('service.name', service)] : [];
  const scope = { name: 's' };
  const timed = spans.map((span) => ({ ...at('1700000000000000001', '1700000000000000009'), ...span }));
  return JSON.stringify({
    resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope, spans: timed }] }],
  });
}

function at(startTimeUnixNano: string, endTimeUnixNano: string): object {
  return { startTimeUnixNano, endTimeUnixNano };
}
