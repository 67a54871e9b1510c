import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from './lint.ts';
import { A, at, B, consumer, found, sent } from '../testing/lint.ts';

test('settings choose rules, severities, services, and what is ignored', () => {
  const spans = [...sent(A, 'm1'), consumer(B, undefined)];
  assert.deepEqual(found(spans, { rules: ['orphan'] }), []);
  assert.deepEqual(found(spans, { services: ['bank'] }), []);
  assert.deepEqual(found(spans, { services: ['shop'] }), ['lost-context a2→b5']);
  const reason = 'mail is being rewritten';
  const ignore = [{ rule: 'lost-context', span: 'mail CONSUMER *', reason }] as const;
  assert.deepEqual(found(spans, { ignore }), []);
  assert.deepEqual(lint(spans, { ignore }).summary.ignored, [{ reason, findings: 1 }]);
  assert.equal(lint(spans, { severities: { 'lost-context': 'info' } }).findings[0]?.severity, 'info');
});

test('a span without ids is refused', () => {
  assert.throws(
    () => lint([{ ...at(A, '1', undefined, 'a INTERNAL b'), spanId: '' }]),
    /a span with the id ""/,
  );
});

test('an option that is undefined has its default', () => {
  const root = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [10_000, 10_050] });
  const early = at(A, '2', '1', 'till SERVER GET /a', { atMs: [9_500, 9_520] });
  assert.deepEqual(found([root, early], { clockMs: undefined }), []);
});
