import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';
import { LostClaims } from './lost-claims.ts';

const away = new Error('no answer');

/** Creates a server that took these orders for claims, by their tokens, and counts its queries. */
function serverWith(taken: Array<{ _id: string; token: string }>) {
  const counts = { asked: 0 };
  const find = (filter: { 'lease.token': { $in: string[] }; _id: { $nin: string[] } }) => {
    counts.asked++;
    const found = taken.filter(
      ({ _id, token }) => filter['lease.token'].$in.includes(token) && !filter._id.$nin.includes(_id),
    );
    return { toArray: async () => found.map(({ _id, token }) => ({ _id, lease: { token } })) };
  };
  return { counts, orders: { find } as unknown as Collection<OrderDocument> };
}

async function losing(...tokens: string[]): Promise<LostClaims> {
  const claims = new LostClaims();
  for (const token of tokens) {
    await assert.rejects(
      claims.watch(token, () => Promise.reject(away)),
      away,
    );
  }
  return claims;
}

const idsFoundBy = async (claims: LostClaims, orders: Collection<OrderDocument>) =>
  (await claims.find(orders)).map(({ _id }) => _id);

test('a claim that was answered is not looked for', async () => {
  const { counts, orders } = serverWith([{ _id: 'a', token: 'one' }]);
  const claims = new LostClaims();
  assert.equal(await claims.watch('one', async () => 'order'), 'order');
  assert.deepEqual(await idsFoundBy(claims, orders), []);
  assert.equal(counts.asked, 0);
});

test('each order of a lost claim is found once, also a late one', async () => {
  const taken = [{ _id: 'a', token: 'one' }];
  const { orders } = serverWith(taken);
  const claims = await losing('one', 'two');
  assert.deepEqual(await idsFoundBy(claims, orders), ['a']);
  assert.deepEqual(await idsFoundBy(claims, orders), []);
  taken.push({ _id: 'b', token: 'two' }, { _id: 'c', token: 'of another' });
  assert.deepEqual(await idsFoundBy(claims, orders), ['b']);
});

test('a lost claim is forgotten when no server can take for it any more', async (t: TestContext) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const { counts, orders } = serverWith([]);
  const claims = await losing('one');
  await claims.find(orders);
  now = 4_999;
  await claims.find(orders);
  assert.equal(counts.asked, 2);
  now = 5_000;
  await claims.find(orders);
  await claims.find(orders);
  assert.equal(counts.asked, 3);
});
