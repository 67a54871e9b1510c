import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test, type TestContext } from 'node:test';
import { startMongod } from '@beyond-headers/local-mongod';
import { assertEdges, waitForTrace } from '@beyond-headers/traces';
import { startTraceStore } from '@beyond-headers/trace-store';
import { MongoClient } from 'mongodb';
import { until } from '../support/until.ts';
import { startTraced } from './support/program.ts';

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

  test(`${example} before: the trace ends at the queue`, async (t) => {
    const { order } = await startExample(t, example, 'before');
    const traceId = await order('before');
    await receiptOf('before');
    const spans = await waitForTrace(traces.queryUrl, traceId, (found) => found.length > 1);
    assert.deepEqual([...new Set(spans.map(({ service }) => service))], ['producer']);
  });

  test(`${example} after: the worker's work hangs under the request`, async (t) => {
    const { order } = await startExample(t, example, 'after');
    const traceId = await order('after');
    await receiptOf('after');
    await waitForTrace(traces.queryUrl, traceId, (spans) =>
      assertEdges(spans, [
        ['producer SERVER POST /receipts/:orderId', `producer PRODUCER ${send}`],
        [`producer PRODUCER ${send}`, `worker CONSUMER ${process}`],
        [`worker CONSUMER ${process}`, 'worker CLIENT insert receipts'],
      ]),
    );
  });
}

for (const { example, database } of QUEUES) {
  for (const version of ['before', 'after'] as const) {
    test(`${example} ${version}: both programs end on SIGTERM`, { timeout: 60_000 }, async (t) => {
      const { order, producer, worker } = await startExample(t, example, version);
      const orderId = `last-${version}`;
      await order(orderId);
      const receipts = client.db(database).collection('receipts');
      await until(() => receipts.findOne({ orderId }), Boolean, { what: `receipt of ${orderId}` });
      const asked = performance.now();
      assert.deepEqual(await Promise.all([producer.stop(), worker.stop()]), [0, 0], worker.output());
      assert.ok(performance.now() - asked < STOP_MS, 'ended by itself, not by a timer that ran out');
    });
  }
}

test('agenda-worker after: a failed attempt and its retry are siblings', async (t) => {
  const { order } = await startExample(t, 'agenda-worker', 'after');
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
});

async function startExample(t: TestContext, example: string, version: 'before' | 'after') {
  const env = { MONGODB_URI: mongod.uri, OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl, PORT: '0' };
  const producer = startTraced(t, `${example}/${version}/producer.ts`, 'producer', env);
  const worker = startTraced(t, `${example}/${version}/worker.ts`, 'worker', env);
  await worker.prints(/(worker waits)/);
  const port = await producer.prints(/port: (\d+)/);
  /** Asks for the receipt of an order, in a trace that the caller has begun, and gives its id. */
  async function order(orderId: string): Promise<string> {
    const traceId = randomBytes(16).toString('hex');
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const url = `http://127.0.0.1:${port}/receipts/${orderId}`;
    assert.equal((await fetch(url, { method: 'POST', headers })).status, 202);
    return traceId;
  }
  return { order, producer, worker };
}
