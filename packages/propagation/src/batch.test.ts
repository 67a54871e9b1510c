import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { startBatchFrom } from './batch.ts';
import { exampleContext, SPAN_ID } from './testing/propagators.ts';
import { withTracing } from './testing/tracing.ts';

test('a batch links each message by its id', async () => {
  await withTracing(({ tracer, finishedSpans }) => {
    const { context, links, root } = startBatchFrom([
      { carried: exampleContext(), messageId: 'order-1' },
      { carried: exampleContext(0), messageId: 'order-2', attributes: { attempt: 2 } },
    ]);
    tracer.startSpan('process orders', { links, root }, context).end();
    const [span] = finishedSpans();
    assert.equal(span?.parentSpanContext, undefined);
    assert.deepEqual(
      span?.links.map(({ attributes, context: linked }) => [linked.spanId, attributes]),
      [
        [SPAN_ID, { 'messaging.message.id': 'order-1' }],
        [SPAN_ID, { 'messaging.message.id': 'order-2', attempt: 2 }],
      ],
    );
  });
});

test('a message without context gets no link', () => {
  assert.deepEqual(startBatchFrom([{ carried: ROOT_CONTEXT, messageId: '1' }]).links, []);
});

test('a batch belongs to no one else, whatever is active', () => {
  const { context, root } = startBatchFrom([]);
  assert.equal(context, ROOT_CONTEXT);
  assert.equal(root, true);
});
