import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Circuit } from './circuit.ts';

/** Creates a circuit with a clock that only `letPass` moves. */
function circuitAt(settings = { retryBaseMs: 1_000, retryMaxMs: 300_000 }) {
  let now = 5_000;
  const circuit = new Circuit(settings, () => now);
  const letPass = (ms: number) => void (now += ms);
  /** Returns the wait after each of a number of failed probes. */
  const failProbes = (count: number, retryAfterMs = 0) =>
    Array.from({ length: count }, () => {
      letPass(circuit.waitMs);
      circuit.probeWith('probe');
      circuit.away('probe', retryAfterMs);
      return circuit.waitMs;
    });
  return { circuit, letPass, failProbes };
}

test('it is open from the first order without an answer until a probe gets one', () => {
  const { circuit, letPass } = circuitAt();
  assert.equal(circuit.isOpen, false);
  circuit.away('a', 0);
  assert.deepEqual([circuit.isOpen, circuit.wantsProbe], [true, false]);
  letPass(1_000);
  assert.equal(circuit.wantsProbe, true);
  circuit.probeWith('b');
  assert.equal(circuit.wantsProbe, false, 'one probe at a time');
  circuit.there('c');
  assert.equal(circuit.isOpen, true, 'others say nothing');
  circuit.there('b');
  assert.deepEqual([circuit.isOpen, circuit.waitMs], [false, 0]);
});

test('waits double up to a minute, half of each left to chance', () => {
  const waits = circuitAt().failProbes(12);
  waits.forEach((ms, index) => {
    const full = Math.min(60_000, 1_000 * 2 ** index);
    assert.ok(ms >= full / 2 && ms <= full, `wait ${index + 1}: ${ms} ms`);
  });
});

test('orders that fail together lengthen the wait once', () => {
  const { circuit } = circuitAt();
  for (let order = 0; order < 20; order++) circuit.away(`order ${order}`, 0);
  assert.ok(circuit.waitMs <= 1_000, `${circuit.waitMs} ms`);
});

test('what Retry-After asks for is waited, up to a minute', () => {
  assert.deepEqual(circuitAt().failProbes(1, 7_000), [7_000]);
  assert.deepEqual(circuitAt().failProbes(1, Infinity), [60_000]);
});

test('a probe that found nothing out leaves its turn to the next', () => {
  const { circuit, letPass } = circuitAt();
  circuit.away('a', 0);
  letPass(1_000);
  circuit.probeWith('b');
  circuit.learnedNothing('b');
  assert.deepEqual([circuit.isOpen, circuit.wantsProbe], [true, true]);
});
