import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HopEnd, RuleId } from '@beyond-headers/traces/lint';
import { explainFinding } from './explain-finding.ts';

const endAt = (service: string): HopEnd => ({
  service,
  kind: 'CONSUMER',
  name: 'process',
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
});

const CASES: [rule: RuleId, service: string, what: RegExp][] = [
  ['lost-context', 'poller', /document carried no context/],
  ['lost-context', 'report-job', /environment carried no context/],
  ['wrong-trace', 'poller', /template it was copied from/],
  ['wrong-parent', 'report-job', /captured before the span that launches/],
  ['lost-context', 'job-launcher', /traceparent header/],
];

for (const [rule, service, what] of CASES) {
  test(`${rule} at ${service} is explained`, () => {
    const found = explainFinding({ rule, to: endAt(service) });
    assert.match(found?.what ?? '', what);
    assert.ok((found?.code.length ?? 0) > 0);
  });
}

test('what the carrier held decides between two explanations', () => {
  const asText = { id: 'document', rows: [{ name: 'context', role: 'unread' as const }] };
  assert.match(
    explainFinding({ rule: 'lost-context', to: endAt('poller') }, [asText])?.what ?? '',
    /as one text/,
  );
});

test('a finding about no hop is not explained', () => {
  assert.equal(explainFinding({ rule: 'clock', to: endAt('poller') }), undefined);
  assert.equal(explainFinding({ rule: 'lost-context' }), undefined);
});
