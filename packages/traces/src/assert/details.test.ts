import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffOf, marksOf, root, rootWith } from '../testing/diff.ts';
import { linkTo, span } from '../testing/spans.ts';

for (const [wanted, actual, differs] of [
  ['a', 'a', false],
  ['a*', 'abc', false],
  ['a*', 'b', true],
  ['*', 5, false],
  [5, 5, false],
  [5, '5', true],
  [true, true, false],
  [true, false, true],
  [['a', 'b'], ['a', 'b'], false],
  [['a', 'b'], ['b', 'a'], true],
  [9007199254740993n, 9007199254740993n, false],
  [9007199254740993n, 9007199254740992n, true],
  [9007199254740993n, '9007199254740993', true],
  [1e18, 1_000_000_000_000_000_000n, false],
  [0, -0, false],
  [NaN, NaN, false],
  [NaN, null, true],
] as const) {
  test(`attribute ${String(wanted)} against ${String(actual)} ${differs ? 'differs' : 'fits'}`, () => {
    const spans = [span('1', undefined, 's SERVER root', { attributes: { k: actual as string } })];
    const expected = { name: 'root', attributes: { k: wanted as string } };
    const lines = marksOf(spans, expected).map((line) => line.slice(1));
    // The expected value and the actual value must not look alike.
    assert.equal(new Set(lines).size, differs ? 2 : 0);
  });
}

test('an absent attribute can be asked for', () => {
  const expected = { name: 'root', attributes: { secret: null } };
  assert.deepEqual(diffOf(rootWith(), expected), []);
  const leaking = [span('1', undefined, 's SERVER root', { attributes: { secret: 'x' } })];
  assert.deepEqual(marksOf(leaking, expected), ['+ secret: "x"']);
});

test('an attribute of every object is not there', () => {
  assert.deepEqual(marksOf(rootWith(), { name: 'root', attributes: { toString: '*' } }), ['- toString: "*"']);
});

test('a wrong status is a difference', () => {
  const failed = [span('1', undefined, 's SERVER root', { error: 'boom' })];
  assert.deepEqual(diffOf(failed, { name: 'root', status: 'ERROR' }), []);
  assert.deepEqual(marksOf(failed, { name: 'root', status: 'OK' }), ['- status: OK', '+ status: ERROR']);
});

test('links are counted or named', () => {
  const away = linkTo('77', 'f'.repeat(32));
  const linked = rootWith(span('2', '1', 's CLIENT a', { links: [linkTo('1'), away] }));
  const check = (links: number | string[]) => marksOf(linked, root({ name: 'a', links }));
  assert.deepEqual(check(2), []);
  assert.deepEqual(check(['s SERVER root']), []);
  assert.deepEqual(check(['*', 's SERVER root']), []);
  assert.deepEqual(check(0), ['- links: 0', '+ links: 2']);
  assert.deepEqual(check(['s SERVER x']), [
    '- link to s SERVER x',
    `+ links to s SERVER root, ${away.traceId}/${away.spanId}`,
  ]);
  assert.equal(check(['*', '*', '*']).length, 2);
});
