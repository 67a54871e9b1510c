import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderView, ReportStatus } from '@beyond-headers/contracts';
import { CUT, type Given, readRun } from '../testing/read-run.ts';

const ongoing: Record<string, Omit<Given, 'spans'>> = {
  'a held order': { order: { status: 'held', approvalsLeft: 1 } },
  'an order behind a paused poller': { order: { status: 'pending', attempts: 0 } },
  'an order that takes long': { order: { status: 'processing' } },
  'a Job whose pod does not start': { job: { phase: 'pending' } },
};
for (const [what, given] of Object.entries(ongoing)) {
  test(`a silent run is not over: ${what}`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
    const reader = await readRun({ spans: CUT, ...given });
    t.mock.timers.tick(3_600_000);
    await reader.step();
    assert.equal(reader.state.settled, false);
  });
}

const running = { phase: 'running' } as const;
const awayFrom: Record<string, Omit<Given, 'spans'>> = {
  'the launcher from the start': { job: running, away: { source: 'job' } },
  'the writer from the start': { away: { source: 'order' } },
  'the traces from the start': { away: { source: 'trace' } },
  'the launcher while a Job runs': {
    job: running,
    away: { source: 'job', isAway: () => Date.now() > 810_000 },
  },
  'the writer while an order waits': {
    order: { status: 'pending' },
    away: { source: 'order', isAway: () => Date.now() > 810_000 },
  },
};
for (const [what, given] of Object.entries(awayFrom)) {
  test(`a source that stays away ends a run: ${what}`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
    const reader = await readRun({ spans: CUT, ...given });
    t.mock.timers.tick(80_000);
    await reader.step();
    assert.equal(reader.state.settled, false);
    t.mock.timers.tick(20_000);
    await reader.step();
    assert.deepEqual([reader.state.settled, reader.state.problem], [true, `no ${given.away?.source}`]);
  });
}

test('a source that is away for a moment ends no held run', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  let isAway = false;
  const held = { order: { status: 'held', approvalsLeft: 1 } } as const;
  const reader = await readRun({ spans: CUT, ...held, away: { source: 'order', isAway: () => isAway } });
  t.mock.timers.tick(3_600_000);
  await reader.step();
  isAway = true;
  t.mock.timers.tick(30_000);
  await reader.step();
  assert.deepEqual([reader.state.settled, reader.state.problem], [false, 'no order']);
});

for (const status of ['pending', 'processing'] as const) {
  test(`a Job whose ${status} order was deleted is followed to its end`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
    const job: Partial<ReportStatus> = { phase: 'running' };
    const order: Partial<OrderView> = { status: 'processing' };
    const reader = await readRun({ spans: CUT, order, job, deletedAtMs: 850_000 });
    order.status = status;
    await reader.step();
    t.mock.timers.tick(3_600_000);
    await reader.step();
    assert.equal(reader.state.settled, false);
    job.phase = 'succeeded';
    await reader.step();
    assert.equal(reader.state.jobs[0]?.phase, 'succeeded');
    t.mock.timers.tick(100_000);
    await reader.step();
    assert.equal(reader.state.settled, true);
  });
}

test('a Job that was deleted with its order keeps no run open', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  const deleted = { deletedAtMs: 850_000, jobDeletedAtMs: 850_000 };
  const reader = await readRun({ spans: CUT, order: { status: 'processing' }, job: running, ...deleted });
  assert.equal(reader.state.jobs[0]?.phase, 'running');
  t.mock.timers.tick(100_000);
  await reader.step();
  assert.deepEqual([reader.state.settled, reader.state.jobs[0]?.phase], [true, 'unknown']);
});

test('a run is silent long after its last change', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  const order: Partial<OrderView> = { status: 'pending' };
  const reader = await readRun({ spans: CUT, order });
  t.mock.timers.tick(80_000);
  order.status = 'processing';
  await reader.step();
  t.mock.timers.tick(80_000);
  await reader.step();
  assert.equal(reader.isSilent, false);
  t.mock.timers.tick(20_000);
  assert.deepEqual([reader.isSilent, reader.state.settled], [true, false]);
});

test('a silent run of an order that was deleted is over', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  const reader = await readRun({ spans: CUT, order: { status: 'pending' }, deletedAtMs: 850_000 });
  t.mock.timers.tick(60_000);
  await reader.step();
  assert.equal(reader.state.settled, false);
  t.mock.timers.tick(60_000);
  await reader.step();
  assert.equal(reader.state.settled, true);
});

/** Long after the spans of these tests have ended. */
const MUCH_LATER = 1_800_000_000_000;

test('a run goes on while the writer may still get to know its order', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: MUCH_LATER });
  const known = await readRun({ spans: CUT, order: { status: 'fulfilled' } });
  const unknown = await readRun({ spans: CUT, deletedAtMs: 0 });
  for (const reader of [known, unknown]) await reader.step();
  assert.deepEqual([known.state.settled, unknown.state.settled], [true, false]);
});

test('the last spans of a Job are awaited after its end', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: MUCH_LATER });
  const job: Partial<ReportStatus> = { phase: 'running' };
  const reader = await readRun({ spans: CUT, order: { status: 'fulfilled' }, job });
  await reader.step();
  job.phase = 'succeeded';
  await reader.step();
  assert.equal(reader.state.settled, false);
  t.mock.timers.tick(2_000);
  await reader.step();
  assert.equal(reader.state.settled, true);
});
