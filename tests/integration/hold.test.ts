import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { TRACE_SHAPES } from '@beyond-headers/propagation';
import { assertTree, waitForTrace, type ExpectedSpan, type Span } from '@beyond-headers/traces';
import { attemptIn, attemptsIn, linksOf } from '../support/order-spans.ts';
import { approvalOf, startHoldTest } from './support/hold.ts';
import { readAttempts } from './support/read-spans.ts';
import { traces } from './support/preload.ts';
import { fulfil } from './support/queue.ts';

const { system, place, decide, approve } = await startHoldTest('hold');
after(() => system.stop());
afterEach(() => system.clear());

const WAIT = '* INTERNAL wait orders';
const SETTLE = '* CLIENT settle orders';

const segment = (more: Partial<ExpectedSpan>): ExpectedSpan => ({
  name: 'process orders',
  kind: 'CONSUMER',
  ...more,
});

/** The spans below the request that placed the order, if all segments are in one trace. */
const inOneTrace = (links: readonly [number, number, number]): ExpectedSpan =>
  segment({
    links: links[0],
    attributes: { 'demo.outcome': 'held', 'demo.pause.reason': null },
    children: [
      SETTLE,
      WAIT,
      segment({
        links: links[1],
        attributes: { 'demo.outcome': 'held', 'demo.pause.reason': 'approval' },
        children: [
          SETTLE,
          WAIT,
          segment({
            links: links[2],
            attributes: { 'demo.outcome': 'fulfilled', 'demo.attempt': 1 },
            children: [SETTLE],
          }),
        ],
      }),
    ],
  });

const sent = (...children: ExpectedSpan[]): ExpectedSpan => ({
  name: 'send orders',
  children: ['* CLIENT update orders', WAIT, ...children],
});

/** Returns the subtree of a span, as a trace of its own. Drops the HTTP spans above it, which these tests don't check. */
const from = (name: string, spans: Span[]): Span[] => {
  const top = spans.find((span) => span.name === name);
  return spans.flatMap((span) => {
    if (span === top) return [withoutParent(span)];
    return isBelow(span, top, spans) ? [span] : [];
  });
};

function withoutParent({ parentSpanId: _above, ...span }: Span): Span {
  return span;
}

function isBelow(span: Span, top: Span | undefined, spans: Span[]): boolean {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent !== undefined && (parent === top || isBelow(parent, top, spans));
}

const read = (traceId: string, top: string, expected: ExpectedSpan) =>
  waitForTrace(traces.queryUrl, traceId, (spans) =>
    assertTree(from(top, spans), expected, { extra: 'forbid' }),
  );

for (const [shape, links] of [
  ['parent', [0, 1, 1]],
  // Only the first segment links to the span that created the order.
  ['parent+link', [0, 2, 2]],
] as const) {
  test(`two approvals in the shape ${shape} are one trace`, async () => {
    system.poller(fulfil, { holdShape: shape });
    const { orderId, traceId } = await place(2);
    const approvals = [await approve(orderId), await approve(orderId)];
    const order = await system.reaches(orderId, 'fulfilled');
    const spans = await read(traceId, 'send orders', sent(inOneTrace(links)));
    const [first, second, third] = attemptsIn(spans);
    const causes = await Promise.all(approvals.map(approvalOf));
    const linked = shape === 'parent' ? [] : [first!.spanId];
    assert.deepEqual(linksOf(second), [...linked, causes[0]!.spanId]);
    const linkedThen = shape === 'parent' ? [] : [second!.spanId];
    assert.deepEqual(linksOf(third), [...linkedThen, causes[1]!.spanId]);
    assert.deepEqual(linksOf(causes[0]), [first?.spanId], 'the approval links to what it lets go on');
    assert.deepEqual(linksOf(causes[1]), [second?.spanId]);
    assert.deepEqual(order.traceIds, [traceId, ...approvals]);
    assert.equal(order.decisions?.length, 2);
  });
}

for (const [why, options] of [
  ['in the shape link', { holdShape: 'link' }],
  ['after holds of the limit and longer', { holdLinkAfterMs: 0 }],
] as const) {
  test(`two approvals ${why} are a trace for each segment`, async () => {
    system.poller(fulfil, options);
    const { orderId, traceId } = await place(2);
    const approvals = [await approve(orderId), await approve(orderId)];
    const { traceIds } = await system.reaches(orderId, 'fulfilled');
    const [, , secondId = '', , thirdId = ''] = traceIds;
    assert.deepEqual(traceIds, [traceId, approvals[0], secondId, approvals[1], thirdId]);
    assert.equal(new Set(traceIds).size, 5);
    const causes = await Promise.all(approvals.map(approvalOf));
    const held = segment({ children: [SETTLE, WAIT], attributes: { 'demo.outcome': 'held' } });
    const first = attemptIn(await read(traceId, 'send orders', sent(held)));
    const second = attemptIn(await read(secondId, 'process orders', { ...held, links: 2 }));
    const third = attemptIn(await read(thirdId, 'process orders', segment({ children: [SETTLE], links: 2 })));
    assert.deepEqual([second.parentSpanId, third.parentSpanId], [undefined, undefined]);
    assert.deepEqual(linksOf(second), [first.spanId, causes[0]?.spanId]);
    assert.deepEqual(linksOf(third), [second.spanId, causes[1]?.spanId]);
  });
}

test('a retry after a pause is beside the attempt before it', async () => {
  let runs = 0;
  system.poller(async () => {
    if (++runs < 2) throw new Error('out of tea');
  });
  const { orderId, traceId } = await place();
  const cause = await approvalOf(await approve(orderId));
  await system.reaches(orderId, 'fulfilled');
  const [held, failed, last] = await readAttempts(traceId, 3);
  assert.deepEqual([failed?.parentSpanId, last?.parentSpanId], [held?.spanId, held?.spanId]);
  assert.deepEqual(linksOf(failed), [cause.spanId]);
  assert.deepEqual(linksOf(last), [cause.spanId, failed?.spanId]);
  assert.deepEqual(
    [held, failed, last].map((span) => span?.attributes['demo.attempt']),
    [1, 1, 2],
  );
});

test('the baggage of the order goes on, that of the approver does not', async () => {
  system.poller(fulfil);
  const { orderId, traceId } = await place();
  await system.reaches(orderId, 'held');
  await decide(orderId).set('baggage', 'demo.customer.tier=gold').expect(200);
  const order = await system.reaches(orderId, 'fulfilled');
  assert.equal(order.pause?.context?.['baggage'], 'demo.customer.tier=standard');
  assert.deepEqual(Object.keys(order.pause?.causes?.[0] ?? {}), ['traceparent']);
  const attempts = await readAttempts(traceId, 2);
  const tiers = attempts.map(({ attributes }) => attributes['demo.customer.tier']);
  assert.deepEqual(tiers, ['standard', 'standard']);
});

test('an order that forgets its segment goes on beside it', async () => {
  system.poller(fulfil);
  const { orderId, traceId } = await place();
  await approve(orderId, { demo: { segment: 'off' } });
  await system.reaches(orderId, 'fulfilled');
  const held = segment({ attributes: { 'demo.outcome': 'held' }, children: [SETTLE] });
  const ended = segment({ attributes: { 'demo.outcome': 'fulfilled' }, children: [SETTLE] });
  await read(traceId, 'send orders', {
    name: 'send orders',
    children: ['* CLIENT update orders', { name: 'wait orders', count: 2 }, held, ended],
  });
});

test('an order that goes on under its approver leaves its trace', async () => {
  system.poller(fulfil);
  const { orderId, traceId } = await place();
  const approval = await approve(orderId, { demo: { segment: 'approver' } });
  await system.reaches(orderId, 'fulfilled');
  await read(traceId, 'send orders', sent(segment({ children: [SETTLE] })));
  await read(approval, 'approve orders', {
    name: 'approve orders',
    children: ['* CLIENT update orders', WAIT, segment({ children: [SETTLE] })],
  });
});

test('every shape is tested', () => {
  assert.deepEqual(TRACE_SHAPES, ['parent', 'link', 'parent+link']);
});
