import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORDER, orderWith, OTHER, RUN, sourcesWith, spanOf } from '../testing/read-run.ts';
import { Drawings } from './drawings.ts';
import type { Sources } from './sources.ts';

/** Returns two traces that only the order's `traceIds` connect. The second one appears at the third read. */
function sources(status: 'pending' | 'fulfilled' = 'fulfilled') {
  const traces = {
    [RUN]: spanOf([RUN, 1, 0, 'writer', 'PRODUCER', { 'demo.order.id': ORDER }]),
    [OTHER]: spanOf([OTHER, 2, 0, 'poller', 'CONSUMER', { 'demo.order.id': ORDER }]),
  };
  const read: Sources & { reads: number } = {
    reads: 0,
    ...sourcesWith({
      trace: async (traceId) => {
        read.reads++;
        return (read.reads < 3 && traceId !== RUN ? undefined : traces[traceId]) ?? [];
      },
      order: async (orderId) => (orderId === ORDER ? orderWith({ status }) : undefined),
    }),
  };
  return read;
}

const isWaitedFor = () => false;

test('every trace of an order is drawn', async () => {
  const text = await new Drawings(sources()).draw(ORDER, isWaitedFor);
  assert.match(text ?? '', /● writer 1[^]*● poller 2[^]*\n\nTwo traces\. /);
});

test('an unknown order has no drawing', async () => {
  assert.equal(await new Drawings(sources()).draw('7'.repeat(24), isWaitedFor), undefined);
});

test('closing draws what is there so far', async () => {
  const drawings = new Drawings(sources('pending'));
  const drawn = drawings.draw(ORDER, isWaitedFor);
  drawings.close();
  assert.match((await drawn) ?? '', /● writer 1/);
});

test('the reading ends when no one waits', async () => {
  const read = sources('pending');
  await new Drawings(read).draw(ORDER, () => true);
  assert.ok(read.reads <= 4, `${read.reads} reads for no one`);
});
