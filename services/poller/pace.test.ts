import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';

function paceOf(claimMs: number, handlerMs: number): Pace {
  const pace = new Pace();
  pace.claimed(claimMs);
  pace.handled(handlerMs);
  return pace;
}

test('nothing is claimed ahead before anything was measured', () => {
  assert.equal(new Pace().ahead(8), 0);
});

test('what the slots work off during a claim is claimed ahead', () => {
  assert.equal(paceOf(10, 10).ahead(8), 8);
  assert.equal(paceOf(10, 20).ahead(8), 4);
  assert.equal(paceOf(10, 1_000).ahead(8), 0);
});

test('handlers that take no time have a bound ahead', () => {
  assert.equal(paceOf(10, 0).ahead(8), 56);
});

test('a handler that becomes slow ends claiming ahead at once', () => {
  const pace = paceOf(10, 0.1);
  pace.handled(1_000);
  assert.equal(pace.ahead(8), 0);
});
