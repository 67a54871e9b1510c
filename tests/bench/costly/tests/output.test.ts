import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failuresIn, testsIn } from './output.ts';

const PASSED = `
> beyond-headers@0.0.0 test
> node scripts/setup.mjs scripts/test.ts

── unit: 2 files
✔ a limit of 5 (ms) applies (162.8ms)
▶ every case holds
  ▶ every case holds
    ✔ a name (0.5ms)
  ✔ every case holds (0.7ms)
  ✔ another name (1ms) # until agenda 7
✔ every case holds (2.5ms)
﹣ a real cluster (0.8ms) # needs a cluster
ℹ tests 5
ℹ duration_ms 41544.5
✔ unit   ✔ lint
`;

const FAILED = `
── unit: 2 files
✔ a name (1ms)
✖ another name (2ms)
ℹ fail 1

✖ failing tests:

test at a.test.ts:8:1
✖ another name (2ms)
  AssertionError: expected 1, got 2

── lint: 1 files
✔ a rule (3ms)
✖ another rule (4ms)

✖ failing tests:

test at b.test.ts:9:1
✖ another rule (4ms)
  AssertionError: expected 3, got 4

✖ unit   ✖ lint
`;

test('tests that ran are read with times', () => {
  assert.deepEqual(testsIn(PASSED), [
    { name: 'a limit of 5 (ms) applies', ms: 162.8, isGroup: false },
    { name: 'a name', ms: 0.5, isGroup: false },
    { name: 'every case holds', ms: 0.7, isGroup: true },
    { name: 'another name', ms: 1, isGroup: false },
    { name: 'every case holds', ms: 2.5, isGroup: true },
  ]);
});

test('colors in the output change nothing', () => {
  const [first] = testsIn('\u001B[32m✔ a name \u001B[90m(0.5ms)\u001B[39m\u001B[39m\n');
  assert.deepEqual(first, { name: 'a name', ms: 0.5, isGroup: false });
});

test('output without any test is refused', () => {
  assert.throws(() => testsIn('TAP version 13\nok 1 - a name\n'), /ok 1 - a name/);
});

test('failing tests of all suites are shown', () => {
  const failures = failuresIn(FAILED);
  assert.match(failures, /^test at a\.test\.ts:8:1\n/);
  assert.match(failures, /expected 3, got 4$/);
  assert.doesNotMatch(failures, /a rule|──|✖ unit/);
});

test('a failure without tests shows the end', () => {
  assert.equal(failuresIn('setup: no network\n'), 'setup: no network');
});
