import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journeyOf, verdictOn } from '@beyond-headers/journey';
import { CUT, ORDER, readRun, RUN, sourcesWith, spanOf, type Sketch } from '../testing/read-run.ts';
import { RunReader } from './run-reader.ts';

test('a run has the findings of lint, and they are its verdict', async () => {
  const { findings, spans, state } = await readRun({ spans: CUT });
  assert.deepEqual(
    findings.map(({ rule, to }) => [rule, to?.service]),
    [['lost-context', 'poller']],
  );
  assert.deepEqual(state.findings, findings);
  assert.equal(verdictOn(journeyOf(spans, state), spans, state).title, 'Two traces');
});

test('an order that waits for its next attempt is being retried', async () => {
  const { spans, state } = await readRun({ spans: CUT.slice(0, 2), order: { status: 'pending' } });
  assert.deepEqual(state.orders, [{ orderId: ORDER, status: 'pending', attempts: 1 }]);
  assert.equal(verdictOn(journeyOf(spans, state), spans, state).title, 'Retrying (2)');
});

test('how many attempts an order has is known from its spans', async () => {
  const { state } = await readRun({ spans: CUT, order: { status: 'failed', attempts: 5, error: 'boom' } });
  assert.deepEqual(state.orders, [
    { orderId: ORDER, status: 'failed', attempts: 5, maxAttempts: 5, error: 'boom' },
  ]);
});

test('a held order is the verdict until it is approved', async () => {
  const { spans, state } = await readRun({
    spans: CUT.slice(0, 2),
    order: { status: 'held', approvalsLeft: 2 },
  });
  assert.equal(state.orders[0]?.approvalsLeft, 2);
  assert.equal(verdictOn(journeyOf(spans, state), spans, state).title, 'Held');
});

const killed = { pod: 'report-1', phase: 'Failed', reason: 'OOMKilled', exitCode: 137, finishedAt: 'now' };

test('a Job stands as its last attempt that ended says', async () => {
  const running = { attempt: 2, pod: 'report-2', phase: 'Running' };
  const attempts = [{ attempt: 1, ...killed }, running];
  const { state } = await readRun({ spans: CUT, job: { attempts } });
  const [job] = state.jobs;
  assert.deepEqual(job, {
    jobName: `report-${ORDER}`,
    phase: 'running',
    failedAttempts: 1,
    maxAttempts: 3,
    reason: 'OOMKilled',
    exitCode: 137,
  });
});

test('why the last pod ended says more than why the Job did', async () => {
  const attempts = [{ attempt: 1, ...killed }];
  const failed = { phase: 'failed', reason: 'BackoffLimitExceeded', attempts } as const;
  const { state } = await readRun({ spans: CUT, job: failed });
  assert.equal(state.jobs[0]?.reason, 'OOMKilled');
  const never = await readRun({ spans: CUT, job: { ...failed, attempts: [] } });
  assert.equal(never.state.jobs[0]?.reason, 'BackoffLimitExceeded');
});

test('once all that is shown is there, traces are not read again', async () => {
  const spans = Array.from({ length: 5_001 }, (_, index): Sketch => [RUN, index + 1, 0, 'writer', 'SERVER']);
  let reads = 0;
  const trace = async () => {
    reads++;
    return spans.flatMap(spanOf);
  };
  const reader = new RunReader(RUN, sourcesWith({ trace }));
  await reader.step();
  await reader.step();
  assert.deepEqual([reader.spans.length, reads], [5_000, 1]);
  assert.match(reader.state.problem ?? '', /first 5000 spans/);
});
