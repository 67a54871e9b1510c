import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOtlp, type Span } from '@beyond-headers/traces';
import { Drawings } from './drawings.ts';
import type { Sources } from './sources.ts';

const ORDER = { id: '6'.repeat(24), trace: 'a'.repeat(32) };

/** Returns two traces that only the order's `traceIds` connect. The second one appears at the third read. */
function sources(status: 'pending' | 'fulfilled' = 'fulfilled'): Sources & { reads: number } {
  const traces: Record<string, Span[]> = {
    [ORDER.trace]: [orderSpan(ORDER.trace, 'send orders', 1)],
    ['b'.repeat(32)]: [orderSpan('b'.repeat(32), 'process orders', 2)],
  };
  return {
    reads: 0,
    async trace(traceId) {
      this.reads++;
      return (this.reads < 3 && traceId !== ORDER.trace ? undefined : traces[traceId]) ?? [];
    },
    order: async (orderId) =>
      orderId === ORDER.id
        ? {
            orderId,
            customer: 'ada',
            items: [],
            report: false,
            status,
            createdAt: '2026-01-31T12:00:00.000Z',
            attempts: 1,
            traceIds: Object.keys(traces),
          }
        : undefined,
    job: async () => undefined,
    carriers: async () => [],
  };
}

function orderSpan(traceId: string, name: string, second: number): Span {
  const spanId = String(second).padStart(16, '0');
  const [startTimeUnixNano, endTimeUnixNano] = [`170000000${second}000000000`, `170000000${second}500000000`];
  const attributes = [{ key: 'demo.order.id', value: { stringValue: ORDER.id } }];
  const span = { traceId, spanId, name, kind: 1, startTimeUnixNano, endTimeUnixNano, attributes };
  const [parsed] = parseOtlp({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  assert.ok(parsed);
  return parsed;
}

const isWaitedFor = () => false;

test('every trace of an order is drawn', async () => {
  const text = await new Drawings(sources()).draw(ORDER.id, isWaitedFor);
  assert.match(text ?? '', /● send orders[^]*● process orders[^]*\n\nTwo traces\. /);
});

test('an unknown order has no drawing', async () => {
  assert.equal(await new Drawings(sources()).draw('7'.repeat(24), isWaitedFor), undefined);
});

test('closing draws what is there so far', async () => {
  const drawings = new Drawings(sources('pending'));
  const drawn = drawings.draw(ORDER.id, isWaitedFor);
  drawings.close();
  assert.match((await drawn) ?? '', /● send orders/);
});

test('the reading ends when no one waits', async () => {
  const read = sources('pending');
  await new Drawings(read).draw(ORDER.id, () => true);
  assert.ok(read.reads <= 4, `${read.reads} reads for no one`);
});
