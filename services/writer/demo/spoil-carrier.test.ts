import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DemoSwitches } from '@beyond-headers/contracts';
import type { NewOrder } from '../send-order.ts';
import { spoilCarrier } from './spoil-carrier.ts';

const CONTEXT = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
const ORDER: NewOrder = {
  _id: '6740e1c2a5f3b1d2c3e4f506',
  customer: 'ada',
  items: [],
  report: false,
  status: 'pending',
  attempts: 0,
  traceIds: [],
  context: CONTEXT,
};

const spoiled = (document: DemoSwitches['document'], order = ORDER) =>
  spoilCarrier({ ...order, demo: { ...(document && { document }) } });

test('without a switch the carrier is left alone', () => {
  assert.deepEqual(spoilCarrier(ORDER), ORDER);
  for (const document of [undefined, 'on'] as const) assert.deepEqual(spoiled(document).context, CONTEXT);
});

test('switched off there is no field, not an empty one', () => {
  assert.ok(!('context' in spoiled('off')));
});

test('as text the fields are one string, and nothing stays nothing', () => {
  assert.equal(spoiled('text').context, JSON.stringify(CONTEXT));
  assert.ok(!('context' in spoiled('text', spoiled('off'))));
});
