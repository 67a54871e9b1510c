import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderDocument } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import type { Collection } from 'mongodb';
import { ensureIdempotencyIndex, readIdempotencyKey } from './idempotency.ts';

for (const [header, key] of [
  [undefined, undefined],
  ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
  ['"quoted"', 'quoted'],
  ['"', '"'],
  ['x'.repeat(200), 'x'.repeat(200)],
] as const) {
  test(`${header?.slice(0, 40)} is a key as it is meant`, () =>
    assert.equal(readIdempotencyKey(header), key));
}

for (const header of ['', '""', 'two words', 'naïve', 'tab\t', 'x'.repeat(201)]) {
  test(`${JSON.stringify(header).slice(0, 40)} is refused with 400`, () => {
    assert.throws(
      () => readIdempotencyKey(header),
      (error) => error instanceof HttpProblem && error.status === 400,
    );
  });
}

test('the index is made once, and again after it failed', async () => {
  const answers = [Promise.reject(new Error('away')), Promise.resolve('made')];
  let made = 0;
  const orders = { createIndex: () => answers[made++] } as unknown as Collection<OrderDocument>;
  await assert.rejects(ensureIdempotencyIndex(orders), /away/);
  await Promise.all([ensureIdempotencyIndex(orders), ensureIdempotencyIndex(orders)]);
  await ensureIdempotencyIndex(orders);
  assert.equal(made, 2);
});
