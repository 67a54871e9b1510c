import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { DecidedOrder, OrderView, Problem } from '@beyond-headers/contracts';
import request from 'supertest';
import { linksOf } from '../support/order-spans.ts';
import { startHoldTest } from './support/hold.ts';
import { readAttempts, readSpan } from './support/read-spans.ts';
import { fulfil } from './support/queue.ts';

const { system, writer, place, decide, approve } = await startHoldTest('approval');
after(() => system.stop());
afterEach(() => system.clear());

test('a rejected order ends, in a span that links to where it stopped', async () => {
  system.poller(fulfil);
  const { orderId, traceId } = await place();
  await system.reaches(orderId, 'held');
  const { body } = await decide(orderId, { decision: 'reject' }).expect(200);
  const decided = body as Required<DecidedOrder>;
  assert.deepEqual([decided.status, decided.approvalsLeft], ['rejected', 1]);
  const rejection = await readSpan(decided.traceId, 'reject orders');
  assert.equal(rejection.kind, 'INTERNAL');
  const [held] = await readAttempts(traceId, 1);
  assert.deepEqual(linksOf(rejection), [held?.spanId]);
  const view = (await request(writer).get(`/orders/${orderId}`).expect(200)).body as OrderView;
  assert.deepEqual(
    [view.status, view.approvalsLeft, view.traceIds, view.pause?.reason],
    ['rejected', 1, [traceId, decided.traceId], 'approval'],
  );
});

test('a decision says what the order waits for now', async () => {
  const { orderId } = await place(2);
  system.poller(fulfil);
  await system.reaches(orderId, 'held');
  const approval = (await decide(orderId, { decision: 'approve' }).expect(200)).body as DecidedOrder;
  const { traceId, ...decided } = approval;
  assert.deepEqual(decided, { orderId, status: 'pending', approvalsLeft: 1 });
  assert.equal((await readSpan(traceId ?? '', 'approve orders')).kind, 'PRODUCER');
});

/** Expects a problem response, and an unchanged document. */
async function assertRefused(id: string, status: number, detail: RegExp, body?: object): Promise<void> {
  const stood = await system.orders.findOne({ _id: id });
  const answer = await decide(id, body)
    .expect(status)
    .expect('content-type', /application\/problem\+json/);
  assert.match((answer.body as Problem).detail ?? '', detail);
  assert.deepEqual(await system.orders.findOne({ _id: id }), stood);
}

test('a decision that nothing waits for is refused', async () => {
  await assertRefused('6740e1c2a5f3b1d2c3e4f506', 404, /no order with this id/);
  await assertRefused('none', 404, /no order with this id/);
  const { _id } = await system.place();
  for (const status of [
    'pending',
    'processing',
    'fulfilled',
    'failed',
    'rejected',
    'cancelled',
    'waiting',
    'steps-pending',
    'steps-processing',
    'steps-failed',
  ] as const) {
    await system.orders.updateOne({ _id }, { $set: { status } });
    const shown = status.replace('steps-', '');
    for (const decision of ['approve', 'reject'])
      await assertRefused(_id, 409, new RegExp(`its status is "${shown}"`), { decision });
  }
});

test('a decision on another approval than the awaited one is refused', async () => {
  system.poller(fulfil);
  const { orderId } = await place(2);
  await approve(orderId, { approval: 1 });
  await system.reaches(orderId, 'held');
  await assertRefused(orderId, 409, /waits for approval 2, got 1/, { decision: 'approve', approval: 1 });
  await approve(orderId, { approval: 2 });
  await system.reaches(orderId, 'fulfilled');
});

test('a body that is not a decision is refused', async () => {
  system.poller(fulfil);
  const { orderId } = await place();
  await system.reaches(orderId, 'held');
  for (const body of [
    {},
    { decision: 'maybe' },
    { decision: 'approve', $set: {} },
    { decision: 'approve', approval: 0 },
  ])
    await decide(orderId, body).expect(400);
  assert.equal((await system.orders.findOne({ _id: orderId }))?.status, 'held');
});

test('of twenty approvals at a time one counts', async () => {
  let runs = 0;
  system.poller(async () => void runs++);
  const { orderId } = await place();
  await system.reaches(orderId, 'held');
  const answers = await Promise.all(Array.from({ length: 20 }, () => decide(orderId)));
  const statuses = answers.map(({ status }) => status);
  // On an overloaded machine, the response may time out (503), but the approval still counts.
  assert.ok(statuses.filter((status) => status === 200).length <= 1, statuses.join(' '));
  assert.ok(
    statuses.every((status) => [200, 409, 503].includes(status)),
    statuses.join(' '),
  );
  const order = await system.reaches(orderId, 'fulfilled');
  assert.deepEqual([runs, order.decisions?.length, order.pause?.causes?.length], [1, 1, 1]);
});

test('without the demo an approval takes no switch', async () => {
  const plain = await startHoldTest('approval-plain', { demo: false });
  try {
    plain.system.poller(fulfil);
    const { orderId } = await plain.place();
    const { pause } = await plain.system.reaches(orderId, 'held');
    await plain.approve(orderId, { demo: { segment: 'off' } });
    const order = await plain.system.reaches(orderId, 'fulfilled');
    assert.deepEqual(order.pause?.context, pause?.context);
  } finally {
    await plain.system.stop();
  }
});
