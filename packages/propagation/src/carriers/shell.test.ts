import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { exampleContext, SPAN_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { warningsOf } from '../testing/warnings.ts';
import { shellCarrier } from './shell.ts';

const UNSET = ['unset TRACESTATE', 'unset BAGGAGE'];

test('carries context in lines of a script', () => {
  withPropagator(w3c, () => {
    const lines = injectContext(exampleContext(), ['set -eu', 'export TRACESTATE=stale=1'], shellCarrier);
    assert.deepEqual(lines, ['set -eu', ...UNSET, `export TRACEPARENT=${TRACEPARENT}`]);
    assert.equal(trace.getSpanContext(extractContext(lines, shellCarrier))?.spanId, SPAN_ID);
    assert.deepEqual(injectContext(exampleContext(), [...lines], shellCarrier), lines);
  });
});

test('takes out what an earlier step left in the shell', () => {
  withPropagator(w3c, () => {
    const lines = injectContext(ROOT_CONTEXT, [], shellCarrier);
    assert.deepEqual(lines, ['unset TRACEPARENT', ...UNSET]);
    assert.equal(extractContext([`export TRACEPARENT=${TRACEPARENT}`, ...lines], shellCarrier), ROOT_CONTEXT);
    assert.deepEqual(shellCarrier.keys(lines), []);
  });
});

test('quotes what a shell would read as more than text', () => {
  for (const [value, word] of [
    ['a=1,b=2', 'a=1,b=2'],
    ['', "''"],
    ['a=$(id)', "'a=$(id)'"],
    ["a='", String.raw`'a='\'''`],
    ['~', "'~'"],
    ['a b', "'a b'"],
  ] as const) {
    const lines: string[] = [];
    shellCarrier.set(lines, 'tracestate', value);
    assert.deepEqual(lines, [`export TRACESTATE=${word}`]);
    assert.equal(shellCarrier.get(lines, 'tracestate'), value);
  }
});

test('brings any text of one line back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      fc.pre(!/[\n\0]/.test(value));
      const lines: string[] = [];
      shellCarrier.set(lines, 'field', value);
      assert.equal(shellCarrier.get(lines, 'field'), value);
    }),
  );
});

test('leaves out what is more than one line', () => {
  const lines: string[] = [];
  for (const value of ['a\nexport LD_PRELOAD=/tmp/x.so', 'a\n', 'a\0b', 'a'.repeat(131_072)])
    assert.equal(warningsOf(() => shellCarrier.set(lines, 'baggage', value)).length, 1);
  assert.deepEqual(lines, []);
});

test('reads what a script itself has written', () => {
  for (const line of [
    `TRACEPARENT=${TRACEPARENT}`,
    `export TRACEPARENT='${TRACEPARENT}'`,
    String.raw`export TRACEPARENT=\0'${TRACEPARENT.slice(1)}'`,
    `export TRACEPARENT="${TRACEPARENT}"`,
    `declare -x TRACEPARENT="${TRACEPARENT}"`,
    `export TRACEPARENT=${TRACEPARENT} `,
    `TRACEPARENT="${TRACEPARENT}"\t# of step 1`,
  ])
    assert.equal(shellCarrier.get(['export TRACEPARENT=old', line, '# end'], 'traceparent'), TRACEPARENT);
});

test('reads nothing that only the shell knows', () => {
  for (const word of [
    '$TRACEPARENT',
    '"$1"',
    '"`id`"',
    '"open',
    String.raw`"a\b"`,
    'a "b"',
    'a# b',
    '`id`',
    "'open",
    'a b',
    'a;id',
    '*',
    'a\\',
    "'a'\n'b'",
    'a\rb',
  ]) {
    const lines = [`export TRACEPARENT=${TRACEPARENT}`, `export TRACEPARENT=${word}`];
    assert.equal(shellCarrier.get(lines, 'traceparent'), undefined, word);
    assert.deepEqual(shellCarrier.keys(lines), []);
  }
});

test('reads no other lines', () => {
  const others = [
    ` export TRACEPARENT=${TRACEPARENT}`,
    `traceparent=${TRACEPARENT}`,
    `#TRACEPARENT=${TRACEPARENT}`,
  ];
  for (const lines of [others, null, 7, 'TRACEPARENT=x', [null, 7, {}]])
    assert.equal(shellCarrier.get(lines as string[], 'traceparent'), undefined);
  assert.deepEqual(shellCarrier.keys(others), []);
});

test('reads in double quotes what sh reads there', () => {
  const line = 'export TRACESTATE="a=\'# 1\' \\\\ \\" \\$ \\`"';
  assert.equal(shellCarrier.get([line], 'tracestate'), "a='# 1' \\ \" $ `");
});
