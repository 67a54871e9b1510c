import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test, type TestContext } from 'node:test';
import { startMongod } from '@beyond-headers/local-mongod';
import { assertEdges, waitForTrace } from '@beyond-headers/traces';
import { startTraceStore } from '@beyond-headers/trace-store';
import { MongoClient } from 'mongodb';
import { until } from '../support/until.ts';
import { startTraced, type Program } from './support/program.ts';

const [mongod, traces] = await Promise.all([startMongod(), startTraceStore()]);
const client = new MongoClient(mongod.uri);
after(async () => {
  await client.close();
  await Promise.all([mongod.close(), traces.close()]);
});

const STOP_MS = 15_000;

const QUEUES = [
  { example: 'agenda-worker', database: 'agenda_example', send: 'send receipt', process: 'process receipt' },
  { example: 'own-queue', database: 'own_queue_example', send: 'send receipts', process: 'process receipts' },
];

for (const { example, database, send, process } of QUEUES) {
  const receipts = client.db(database).collection('receipts');
  const receiptOf = (orderId: string) =>
    until(() => receipts.findOne({ orderId }), Boolean, {
      what: `receipt of ${orderId}`,
      deadlineMs: 20_000,
    });

  test(`${example} before`, { timeout: 60_000 }, async (t) => {
    const running = await startExample(t, example, 'before');

    await t.test(`${example} before: the trace ends at the queue`, async () => {
      const traceId = await running.order('before');
      await receiptOf('before');
      const spans = await waitForTrace(traces.queryUrl, traceId, (found) => found.length > 1);
      assert.deepEqual([...new Set(spans.map(({ service }) => service))], ['producer']);
    });

    await t.test(`${example} before: both programs end on SIGTERM`, () => endsOnSigterm(running));
  });

  test(`${example} after`, { timeout: 60_000 }, async (t) => {
    const running = await startExample(t, example, 'after');

    await t.test(`${example} after: the worker's work hangs under the request`, async () => {
      const traceId = await running.order('after');
      await receiptOf('after');
      await waitForTrace(traces.queryUrl, traceId, (spans) =>
        assertEdges(spans, [
          ['producer SERVER POST /receipts/:orderId', `producer PRODUCER ${send}`],
          [`producer PRODUCER ${send}`, `worker CONSUMER ${process}`],
          [`worker CONSUMER ${process}`, 'worker CLIENT insert receipts'],
        ]),
      );
    });

    if (example === 'agenda-worker')
      await t.test('agenda-worker after: a failed attempt and its retry are siblings', () =>
        retriesAreSiblings(running),
      );

    await t.test(`${example} after: both programs end on SIGTERM`, () => endsOnSigterm(running));
  });
}

async function retriesAreSiblings({ order }: Example): Promise<void> {
  const database = client.db('agenda_example');
  const validator = { orderId: { $ne: 'retried' } };
  await database.command({ collMod: 'receipts', validator });
  const traceId = await order('retried');
  const attempts = (count: number, status: string) =>
    waitForTrace(traces.queryUrl, traceId, (spans) => {
      const found = spans.filter(({ name }) => name === 'process receipt');
      return found.length >= count && found.at(-1)?.status.code === status;
    });
  await attempts(1, 'ERROR');
  await database.command({ collMod: 'receipts', validator: {} });
  const spans = await attempts(2, 'UNSET');
  const parents = spans.filter(({ name }) => name === 'process receipt').map((span) => span.parentSpanId);
  const [sent] = spans.filter(({ name }) => name === 'send receipt');
  assert.ok(sent);
  assert.deepEqual(new Set(parents), new Set([sent.spanId]));
}

/** The last test of each example, right after an order is done: both programs end on SIGTERM. */
async function endsOnSigterm({ producer, worker }: Example): Promise<void> {
  const asked = performance.now();
  assert.deepEqual(await Promise.all([producer.stop(), worker.stop()]), [0, 0], worker.output());
  assert.ok(performance.now() - asked < STOP_MS, 'ended by itself, not by a timer that ran out');
}

interface Example {
  producer: Program;
  worker: Program;
  /** Requests the receipt of an order in a new trace, and returns the id of the trace. */
  order: (orderId: string) => Promise<string>;
}

async function startExample(t: TestContext, example: string, version: 'before' | 'after'): Promise<Example> {
  const env = { MONGODB_URI: mongod.uri, OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl, PORT: '0' };
  const producer = startTraced(t, `${example}/${version}/producer.ts`, 'producer', env);
  const worker = startTraced(t, `${example}/${version}/worker.ts`, 'worker', env);
  await worker.prints(/(worker waits)/);
  const port = await producer.prints(/port: (\d+)/);
  async function order(orderId: string): Promise<string> {
    const traceId = randomBytes(16).toString('hex');
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const url = `http://127.0.0.1:${port}/receipts/${orderId}`;
    assert.equal((await fetch(url, { method: 'POST', headers })).status, 202);
    return traceId;
  }
  return { order, producer, worker };
}
