import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_TRACESTATE_BYTES } from '../limits.ts';
import { MAX_TRACESTATE_MEMBERS, parseTraceState, StrictTraceState } from './trace-state.ts';

const full = Array.from({ length: MAX_TRACESTATE_MEMBERS }, (_, index) => `k${index}=${index}`).join(',');

test('a change gives a new state, newest first', () => {
  const old = new StrictTraceState().set('a', '1').set('b', '2');
  assert.equal(old.set('a', '3').serialize(), 'a=3,b=2');
  assert.equal(old.unset('b').serialize(), 'a=1');
  assert.equal(old.serialize(), 'b=2,a=1');
  assert.equal(old.get('a'), '1');
});

test('an invalid member changes nothing', () => {
  const old = new StrictTraceState();
  for (const [key, value] of [
    ['@a', '1'],
    ['A', '1'],
    ['aA', '1'],
    ['a', ''],
    ['a', '1,2'],
    ['a', '1='],
    ['a', '1 '],
    ['a', 'é'],
  ] as const)
    assert.equal(old.set(key, value), old);
});

test('the oldest member makes room for a new one', () => {
  const state = parseTraceState(full)?.set('new', '1');
  assert.match(state?.serialize() ?? '', /^new=1,k0=0,.*,k30=30$/);
});

test('33 members are discarded, all of them', () => {
  assert.ok(parseTraceState(full));
  assert.equal(parseTraceState(`${full},more=1`), undefined);
});

test('the longest legal state is read, not more', () => {
  const longest = Array.from({ length: MAX_TRACESTATE_MEMBERS }, (_, index) => member(index)).join(',');
  assert.equal(longest.length, MAX_TRACESTATE_BYTES);
  assert.equal(parseTraceState(longest)?.serialize(), longest);
  assert.equal(parseTraceState(`${longest} `), undefined);
});

test('of a key twice the newest is kept', () => {
  assert.equal(parseTraceState('a=1,b=2,a=3')?.serialize(), 'a=1,b=2');
});

test('an empty list is not a state', () => {
  for (const empty of ['', ' ', ',', ' , ']) assert.equal(parseTraceState(empty), undefined);
});

test('a member without a value voids the list', () => {
  for (const list of ['a=1,b', 'a=1,bc']) assert.equal(parseTraceState(list), undefined);
});

function member(index: number) {
  return `${`k${String(index).padStart(2, '0')}`.padEnd(256, 'x')}=${'v'.repeat(256)}`;
}
