import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { guarded } from '../guarded-processor.ts';
import { readSettings } from '../settings.ts';
import { startCollector } from '../testing/collector.ts';
import { createOtlpClient, type Accepted } from './otlp-client.ts';
import { SpanQueue } from './span-queue.ts';
import { sendSpans } from './span-sender.ts';

const ACCEPTED: Accepted = { rejected: 0 };
const BATCH = { maxQueueSize: 4, maxBatchSize: 2, delayMs: 5, exportTimeoutMs: 0 };

function queueing(send: (spans: ReadableSpan[]) => Promise<Accepted>, settings = BATCH) {
  const outcomes = { delivered: 0, failed: [] as unknown[], dropped: 0 };
  const queue = new SpanQueue(settings, send, {
    delivered: (spans) => (outcomes.delivered += spans.length),
    failed: (_spans, error) => outcomes.failed.push(error),
    dropped: () => outcomes.dropped++,
  });
  const tracer = new TracerProvider({ spanProcessors: [guarded(queue)] }).getTracer('test');
  const end = (count: number) => {
    for (let n = 0; n < count; n++) tracer.startSpan(`span ${n}`).end();
  };
  return { queue, outcomes, end };
}

/** Creates a `send` whose batches wait until the test accepts them. */
function held() {
  const batches: Array<{ size: number; accept: () => void }> = [];
  const send = (spans: ReadableSpan[]) =>
    new Promise<Accepted>((resolve) => {
      batches.push({ size: spans.length, accept: () => resolve(ACCEPTED) });
    });
  return { batches, send };
}

test('full batches leave at once, several at a time', async () => {
  const { batches, send } = held();
  const { end, outcomes, queue } = queueing(send);
  end(16);
  await turn();
  assert.deepEqual(
    batches.map(({ size }) => size),
    Array.from({ length: 8 }, () => 2),
  );
  end(4);
  await turn();
  assert.equal(batches.length, 8);
  batches[0]?.accept();
  await turn();
  assert.equal(batches.length, 9);
  assert.equal(outcomes.dropped, 0);
  assert.equal(queue.waiting, 18);
  for (const { accept } of batches) accept();
});

test('what there is no room for is dropped and counted', async () => {
  const { batches, send } = held();
  const { end, outcomes } = queueing(send);
  end(16 + 4 + 3);
  assert.equal(outcomes.dropped, 3);
  await turn();
  for (const { accept } of batches) accept();
  await turn();
  assert.equal(outcomes.delivered, 16);
});

test('a lone span leaves after the delay', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const { end } = queueing(async (spans) => {
    resolve(spans.length);
    return ACCEPTED;
  });
  end(1);
  // The queue's timer must not keep the process alive, so this one does.
  const alive = setInterval(() => {}, 1_000);
  assert.equal(await promise, 1);
  clearInterval(alive);
});

test('unsampled spans do not leave', async () => {
  const { outcomes, queue } = queueing(async () => ACCEPTED);
  queue.onEnd({ spanContext: () => ({ traceFlags: 0 }) } as ReadableSpan);
  await queue.forceFlush();
  assert.equal(outcomes.delivered, 0);
});

const FAILURES: Record<string, () => Promise<Accepted>> = {
  rejects: () => Promise.reject(new Error('broken')),
  throws: () => {
    throw new Error('broken');
  },
};
for (const [what, send] of Object.entries(FAILURES)) {
  test(`an exporter that ${what} fails its batch and no more`, async () => {
    const { end, outcomes, queue } = queueing(send);
    end(3);
    await queue.shutdown();
    assert.deepEqual(
      outcomes.failed.map((error) => (error as Error).message),
      ['broken', 'broken'],
    );
    assert.equal(queue.waiting, 0);
  });
}

test('an exporter that never answers frees its place', async () => {
  const { end, outcomes, queue } = queueing(() => new Promise(() => {}), { ...BATCH, exportTimeoutMs: 20 });
  end(2);
  const alive = setInterval(() => {}, 1_000);
  await queue.shutdown();
  clearInterval(alive);
  assert.match(String(outcomes.failed[0]), /not exported within 20 ms/);
});

test('what was taken is not delivered a second time', async () => {
  const { batches, send } = held();
  const { end, outcomes, queue } = queueing(send);
  end(3);
  await turn();
  assert.equal(queue.takeAll().length, 3);
  for (const { accept } of batches) accept();
  await queue.shutdown();
  assert.deepEqual(outcomes, { delivered: 0, failed: [], dropped: 0 });
});

test('380 orders a second reach a collector of 400 ms whole', async (context) => {
  const collector = await startCollector(context);
  collector.answer((response) => void setTimeout(() => response.end('{}'), 400));
  const client = createOtlpClient({ holdsProcess: true });
  const { end, outcomes, queue } = queueing(
    (spans) => sendSpans(spans, client, new AbortController().signal),
    readSettings({}).batch,
  );
  // A poller creates at most eight spans for an order. The test simulates 3 s, in steps of 20 ms.
  const steps = 150;
  const perStep = Math.ceil((380 * 8) / 50);
  const { promise, resolve } = Promise.withResolvers<void>();
  let step = 0;
  const timer = setInterval(() => {
    end(perStep);
    if (++step === steps) resolve();
  }, 20);
  await promise;
  clearInterval(timer);
  await queue.shutdown();
  assert.equal(outcomes.dropped, 0);
  assert.equal(outcomes.delivered, steps * perStep);
  assert.equal(
    new Set(collector.requests.flatMap(({ spans }) => spans.map(({ spanId }) => spanId))).size,
    steps * perStep,
  );
});
