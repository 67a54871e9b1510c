import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { warningsIn } from '../testing/warnings.ts';
import { DeliveryReport } from './delivery-report.ts';

const REFUSED = new Error('connect ECONNREFUSED');

function reporting(context: TestContext) {
  context.mock.timers.enable({ apis: ['setInterval'] });
  return {
    report: new DeliveryReport(),
    minute: () => context.mock.timers.tick(60_000),
    warnings: warningsIn(context),
  };
}

test('an outage is said once, its end with what was lost', (context) => {
  const { report, warnings } = reporting(context);
  report.delivered(2);
  for (let n = 0; n < 2; n++) report.lost('export_failed', 2, REFUSED);
  for (let n = 0; n < 2; n++) report.delivered(2);
  assert.equal(warnings.length, 2);
  assert.match(warnings[0] ?? '', /failed to deliver 2 spans.*ECONNREFUSED/);
  assert.match(warnings[1] ?? '', /delivered again; 4 were lost/);
});

test('losses are said at once and then once a minute', (context) => {
  const { report, warnings, minute } = reporting(context);
  for (let n = 0; n < 10; n++) report.lost('queue_full', 1);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /^1 span lost: the queue was full.*OTEL_BSP_MAX_QUEUE_SIZE/);
  minute();
  assert.match(warnings[1] ?? '', /^9 spans lost/);
  minute();
  minute();
  assert.equal(warnings.length, 2);
  report.lost('queue_full', 1);
  assert.match(warnings[2] ?? '', /^1 span lost/);
});

test('what was not said yet is said at the end', (context) => {
  const { report, warnings } = reporting(context);
  report.lost('rejected', 1, 'no such tenant');
  report.lost('rejected', 5);
  report.close();
  assert.match(warnings[0] ?? '', /1 span lost: they were rejected: no such tenant/);
  assert.match(warnings[1] ?? '', /5 spans lost/);
});

test('spans in the journal are kept until they are delivered', (context) => {
  const { report, warnings } = reporting(context);
  report.kept(3, REFUSED);
  report.kept(4, REFUSED);
  assert.deepEqual(report.counts.kept, 7);
  report.delivered(2);
  assert.match(warnings[1] ?? '', /delivered again, 7 spans follow from the journal; 0 were lost/);
  report.delivered(6, 6);
  report.close();
  assert.match(warnings[2] ?? '', /the journal keeps 1 span/);
  assert.deepEqual(report.counts.delivered, 8);
});

test('spans that the journal gives up are lost', (context) => {
  const { report } = reporting(context);
  report.kept(3, REFUSED);
  report.lost('journal_full', 2);
  assert.deepEqual(report.counts, {
    delivered: 0,
    lost: { queue_full: 0, export_failed: 0, rejected: 0, journal_full: 2 },
    kept: 1,
  });
});
