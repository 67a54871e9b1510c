import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journeyOf } from './journey.ts';
import type { JobStanding, OrderStanding, Run } from './run.ts';
import { standingOf } from './standing.ts';
import { finding, journey, run } from './testing/fixtures.ts';
import { verdictOn } from './verdict.ts';

const ONE = journey(['one', 'one', 'one', 'one', 'one']);
const verdict = (given: Partial<Run>) => verdictOn(journeyOf(ONE, run(given)), ONE, run(given));

const order = (given: Partial<OrderStanding>): OrderStanding => ({
  status: 'fulfilled',
  attempts: 1,
  maxAttempts: 5,
  ...given,
});
const job = (given: Partial<JobStanding>): JobStanding => ({
  phase: 'running',
  failedAttempts: 0,
  maxAttempts: 3,
  ...given,
});
const KILLED = { reason: 'OOMKilled', exitCode: 137 };

for (const [what, given, status] of [
  ['an order at its first attempt', { orders: [order({ status: 'processing' })] }, undefined],
  [
    'an order that waits for its second attempt',
    { orders: [order({ status: 'pending' })] },
    'retrying (2 of 5)',
  ],
  ['an order at its third', { orders: [order({ status: 'processing', attempts: 3 })] }, 'retrying (3 of 5)'],
  ['an order fulfilled at last', { orders: [order({ attempts: 3 })] }, undefined],
  ['a dead letter', { orders: [order({ status: 'failed', attempts: 5 })] }, 'given up'],
  [
    'a Job after a crash',
    { jobs: [job({ failedAttempts: 1, reason: 'Error', exitCode: 1 })] },
    'retrying (2 of 3)',
  ],
  [
    'a Job that is killed each time',
    { jobs: [job({ phase: 'failed', failedAttempts: 3, ...KILLED })] },
    'OOMKilled (137)',
  ],
  ['a Job that succeeds at last', { jobs: [job({ phase: 'succeeded', failedAttempts: 2 })] }, undefined],
  ['an unknown number of attempts', { orders: [{ status: 'pending', attempts: 1 }] }, 'retrying (2)'],
] satisfies [string, Partial<Run>, string | undefined][]) {
  test(`${what}: ${status ?? 'nothing to say'}`, () => {
    assert.equal(standingOf(run(given)).status, status);
  });
}

test('a trace with attempts to come is not whole', () => {
  const failed = { reason: 'OOMKilled', exitCode: 137, failedAttempts: 1 };
  const { tone, title, text } = verdict({ jobs: [job(failed)], settled: false });
  assert.deepEqual([tone, title], ['running', 'Retrying (2 of 3)']);
  assert.match(text, /A pod failed: OOMKilled \(137\)\. Attempt 2 of 3 follows\.$/);
});

test('a trace whose work was given up is not called whole', () => {
  const dead = verdict({ orders: [order({ status: 'failed', attempts: 5, error: 'boom' })] });
  assert.deepEqual([dead.tone, dead.title], ['failed', 'One trace, given up']);
  assert.match(dead.text, /The order was given up after 5 attempts: boom\.$/);
  const killed = verdict({ jobs: [job({ phase: 'failed', failedAttempts: 3, ...KILLED })] });
  assert.deepEqual([killed.tone, killed.title], ['failed', 'One trace, OOMKilled (137)']);
  assert.match(killed.text, /The Job failed: OOMKilled \(137\)\. A pod that is killed loses its own spans/);
});

test('of several orders one that is still retried counts first', () => {
  const orders = [order({ status: 'failed', attempts: 5 }), order({ status: 'pending' })];
  assert.equal(verdict({ orders, settled: false }).title, 'Retrying (2 of 5)');
});

test('a broken hop stays the verdict while attempts are to come', () => {
  const given = { orders: [order({ status: 'pending' })], findings: [finding('lost-context', 'poller')] };
  const { tone, text } = verdict({ ...given, settled: false });
  assert.equal(tone, 'broken');
  assert.match(text, /Attempt 2 of 5 follows\.$/);
});

test('what a service says stays text for a terminal', () => {
  const { sentences } = standingOf(run({ orders: [order({ status: 'failed', error: '\u001B[2J' })] }));
  assert.ok(!sentences.join().includes('\u001B'));
});
