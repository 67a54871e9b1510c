import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { HOLD_LINK_AFTER_MS, resumeFrom } from './resume.ts';
import { exampleContext, TRACE_ID } from './testing/propagators.ts';

const created = spanIn('1111111111111111');
const lastSegment = spanIn('2222222222222222');
const approval = trace.getSpanContext(spanIn('3333333333333333', 'f'.repeat(32)));
const held = { created, lastSegment, heldMs: 1_000 };

test('goes on from the last segment', () => {
  assert.deepEqual(resumeFrom(held), { context: lastSegment, links: [], root: false });
});

test('goes on from the creation without a segment', () => {
  const { context, root } = resumeFrom({ ...held, lastSegment: ROOT_CONTEXT });
  assert.deepEqual([context, root], [created, false]);
});

test('a long pause ends the trace, at its limit', () => {
  const start = resumeFrom({ ...held, heldMs: HOLD_LINK_AFTER_MS, attributes: { held: true } });
  assert.deepEqual([start.root, start.limit, trace.getSpan(start.context)], [true, 'age', undefined]);
  assert.deepEqual(start.links, [{ context: trace.getSpanContext(lastSegment), attributes: { held: true } }]);
  assert.equal(resumeFrom({ ...held, heldMs: HOLD_LINK_AFTER_MS - 1 }).root, false);
  assert.equal(resumeFrom({ ...held, heldMs: 1e12, linkAfterMs: Infinity }).root, false);
});

test('each shape links what let it go on', () => {
  for (const shape of ['parent', 'link', 'parent+link'] as const) {
    const { links } = resumeFrom({ ...held, shape, causes: [approval, undefined, approval] });
    assert.deepEqual(
      links.slice(-2).map((link) => link.context),
      [approval, approval],
    );
    assert.equal(links.length, shape === 'parent' ? 2 : 3);
  }
});

test('a chain of pauses is a chain of spans', () => {
  const second = resumeFrom(held);
  assert.equal(trace.getSpanContext(second.context)?.spanId, '2222222222222222');
  const third = resumeFrom({ ...held, lastSegment: spanIn('4444444444444444') });
  assert.equal(trace.getSpanContext(third.context)?.spanId, '4444444444444444');
});

test('work without any context starts a trace', () => {
  const start = resumeFrom({ created: ROOT_CONTEXT, lastSegment: ROOT_CONTEXT, heldMs: 1e12 });
  assert.deepEqual(start.links, []);
  assert.equal(trace.getSpan(start.context), undefined);
});

function spanIn(spanId: string, traceId = TRACE_ID): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1 });
}

test('a last segment without a valid span is none', () => {
  const lastSegment = trace.setSpanContext(ROOT_CONTEXT, INVALID_SPAN_CONTEXT);
  const created = exampleContext();
  const start = resumeFrom({ lastSegment, created, heldMs: 1, causes: null as never });
  assert.equal(start.context, created);
  assert.deepEqual(start.links, []);
});
