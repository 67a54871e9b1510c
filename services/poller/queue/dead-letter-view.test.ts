import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderDocument } from '@beyond-headers/contracts';
import { toDeadLetter } from './dead-letter-view.ts';

const AT = new Date('2026-01-31T12:00:00Z');

const viewOf = (document: Record<string, unknown>) =>
  toDeadLetter({ _id: '6740e1c2a5f3b1d2c3e4f506', ...document } as unknown as OrderDocument);

test('a dead letter shows why, with its carrier and every attempt', () => {
  const attempt = { attempt: 1, outcome: 'dead letter', owner: 'host/7', error: 'out of tea' };
  const context = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  const view = viewOf({
    customer: 'ada',
    attempts: 1,
    availableAt: AT,
    traceIds: ['0af7651916cd43dd8448eb211c80319c'],
    history: [{ ...attempt, at: AT, token: 'secret' }],
    error: 'out of tea',
    context,
    lease: { token: 'secret' },
  });
  assert.deepEqual(view, {
    orderId: '6740e1c2a5f3b1d2c3e4f506',
    customer: 'ada',
    attempts: 1,
    failedAt: '2026-01-31T12:00:00.000Z',
    traceIds: ['0af7651916cd43dd8448eb211c80319c'],
    history: [{ ...attempt, at: '2026-01-31T12:00:00.000Z' }],
    error: 'out of tea',
    context,
  });
});

const EMPTY = {
  orderId: '6740e1c2a5f3b1d2c3e4f506',
  customer: '',
  attempts: 0,
  traceIds: [],
  history: [],
};

for (const document of [
  {},
  { customer: 7, attempts: 'many', availableAt: 'then', traceIds: 'abc', history: 'none', error: {} },
  { attempts: 1.5, traceIds: [7, null], history: [null, 3, { attempt: 'x' }] },
  { context: [{ traceparent: 1 }] },
  { context: 'traceparent=00' },
  { context: { traceparent: 1 } },
]) {
  test(`a document of any shape is shown: ${JSON.stringify(document)}`, () => {
    assert.deepEqual(viewOf(document), EMPTY);
  });
}
