import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { inspect } from 'node:util';
import { REPORTS_COLLECTION, type ReportDocument } from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import { Decimal128 } from 'mongodb';
import { runReportJob } from '../../services/report-job/run.ts';
import './support/preload.ts';
import { startQueueTest } from './support/queue.ts';

/* A report must be written whatever other programs have stored in the customer's documents. */

const system = await startQueueTest('report_malformed');
after(() => system.stop());
afterEach(() => system.clear());

const reports = () => system.db.collection<ReportDocument>(REPORTS_COLLECTION);

async function reportOf(orderId: string): Promise<ReportDocument | null> {
  const identity = { series: 'job/0', pod: 'pod' };
  await runReportJob({ db: system.db, orderId, identity, logger: createLogger('test', 'silent') });
  return reports().findOne({ _id: orderId });
}

/** Places an order, and overwrites some of its values. */
async function placeWith(values: object): Promise<string> {
  const { _id } = await system.place();
  await system.orders.updateOne({ _id }, { $set: values });
  return _id;
}

for (const value of ['text', null, 5, { x: 1 }, [null], ['x']]) {
  for (const field of ['reportAttempts', 'traceIds'] as const) {
    test(`an attempt is noted over ${field} ${JSON.stringify(value)}`, async () => {
      const _id = await placeWith({ [field]: value });
      assert.equal((await reportOf(_id))?.totalCents, 700);
      const order = await system.orders.findOne({ _id });
      assert.equal(order?.reportAttempts?.at(-1)?.pod, 'pod');
      assert.match(order?.traceIds.at(-1) ?? '', /^[0-9a-f]{32}$/);
    });
  }
}

const NOT_ITEMS: Array<Record<string, unknown>> = [
  { items: 'text' },
  { items: null },
  { items: [null, 'x', 5] },
  { items: [{ quantity: 'two', unitPriceCents: 1 }] },
  { items: [{ quantity: Number.NaN, unitPriceCents: 1 }] },
  { items: [{ quantity: 1, unitPriceCents: Infinity }] },
  { items: [{ quantity: 1, unitPriceCents: Decimal128.fromString('1') }] },
  { items: [{ quantity: -1, unitPriceCents: 1 }] },
  { items: [{ quantity: 2, unitPriceCents: [1] }] },
];

for (const values of NOT_ITEMS) {
  test(`an order beside ${inspect(values, { depth: 4, compact: true, breakLength: Infinity })} has its report`, async () => {
    const { _id } = await system.place();
    await placeWith(values);
    const { orders, totalCents } = (await reportOf(_id)) ?? {};
    assert.deepEqual({ orders, totalCents }, { orders: 2, totalCents: 700 });
  });
}

test('a second attempt does not change the first report', async () => {
  const { _id } = await system.place();
  const first = await reportOf(_id);
  await system.place();
  assert.deepEqual(await reportOf(_id), first);
});
