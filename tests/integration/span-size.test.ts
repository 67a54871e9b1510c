import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inSpan } from '@beyond-headers/telemetry';
import { waitForTrace } from '@beyond-headers/traces';
import { traces } from './support/preload.ts';
import { startQueueTest, type QueueTest } from './support/queue.ts';

const queue = await startQueueTest('span-size');
after(() => queue.stop());

const MANY = Array.from({ length: 1_000 }, (_, n) => ({ n, text: 'x'.repeat(1_000) }));

const COMMANDS: Record<string, (test: QueueTest) => Promise<unknown>> = {
  insertMany: ({ db }) => db.collection('many').insertMany(structuredClone(MANY)),
  bulkWrite: ({ db }) =>
    db.collection('many').bulkWrite(MANY.map((document) => ({ insertOne: { document: { ...document } } }))),
  'find with a list': ({ db }) =>
    db
      .collection('many')
      .find({ n: { $in: MANY.map(({ n }) => n) } })
      .toArray(),
  'a command that fails': ({ db }) => db.command({ ['x'.repeat(100_000)]: 1 }).catch(() => {}),
};

for (const [name, run] of Object.entries(COMMANDS)) {
  test(`the span of ${name} stays small`, async () => {
    const traceId = await inSpan('work', { root: true }, async (span) => {
      await run(queue);
      return span.spanContext().traceId;
    });
    const spans = await waitForTrace(traces.queryUrl, traceId, (found) => found.length > 1);
    for (const { attributes, status } of spans) {
      const size = JSON.stringify([attributes, status]).length;
      // The name of a failed command appears in three attributes.
      assert.ok(size < 4 * 4_096, `${size} characters`);
    }
  });
}
