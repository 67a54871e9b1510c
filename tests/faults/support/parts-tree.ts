import assert from 'node:assert/strict';
import { partIds, type OrderDocument } from '@beyond-headers/contracts';
import type { Span } from '@beyond-headers/traces';
import { attemptsIn, linksOf, spanIdOf } from '../../support/order-spans.ts';
import { assertNoOrphans, reachesTrace } from './delivered-spans.ts';
import type { FaultSystem } from './fault-system.ts';

const attemptsAt = (spans: Span[], { _id }: OrderDocument): Span[] =>
  attemptsIn(spans).filter(({ attributes }) => attributes['demo.order.id'] === _id);

/**
 * Waits until a fulfilled order with parts is complete, whatever was killed on the way. The order has all its parts. Each part was
 * fulfilled once, and is a child of the span that wrote it. The order stopped once, resumed once from there, and links to the last span of
 * each part. Resolves with the number of attempts at the order and its parts.
 */
export async function reachesWhole({ orders }: FaultSystem, order: OrderDocument): Promise<number> {
  const parts = await orders.find({ 'part.of': order._id }).sort({ 'part.index': 1 }).toArray();
  assert.deepEqual(
    parts.map(({ _id }) => _id),
    partIds(order),
  );
  assertCountedOnce(order, parts);
  const spans = await reachesTrace(order.traceIds[0], (found) => assertTrace(found, order, parts));
  return attemptsIn(spans).length;
}

const keysOf = ({ ledger = [] }: OrderDocument) => ledger.map(({ key }) => key);

function assertCountedOnce(order: OrderDocument, parts: OrderDocument[]): void {
  assert.deepEqual(keysOf(order), ['parts', 'fulfil']);
  for (const part of parts) assert.deepEqual([part.status, ...keysOf(part)], ['fulfilled', 'fulfil']);
  assert.equal(order.history?.filter(({ outcome }) => outcome === 'waiting').length, 1);
  assert.deepEqual(order.pause?.failedParts, []);
  assert.deepEqual(
    order.pause?.causes,
    parts.map(({ part }) => part?.lastSpan),
  );
}

function assertTrace(spans: Span[], order: OrderDocument, parts: OrderDocument[]): void {
  assertNoOrphans(spans);
  for (const part of parts) assertPart(attemptsAt(spans, part), part);
  assertOrder(attemptsAt(spans, order), order);
}

function assertPart(attempts: Span[], { context, part }: OrderDocument): void {
  assert.ok(attempts.length > 0, 'a part has an attempt');
  for (const { parentSpanId } of attempts) assert.equal(parentSpanId, spanIdOf(context), 'parent of a part');
  assert.equal(spanIdOf(part?.lastSpan), attempts.at(-1)?.spanId, 'the last attempt at a part');
}

function assertOrder(attempts: Span[], { context, history = [], pause }: OrderDocument): void {
  const stop = spanIdOf(history.find(({ outcome }) => outcome === 'waiting')?.context);
  const after = attempts.filter(({ parentSpanId }) => parentSpanId === stop);
  const before = attempts.filter(({ parentSpanId }) => parentSpanId === spanIdOf(context));
  assert.equal(before.length + after.length, attempts.length, 'attempts that are in no segment');
  assert.equal(before.at(-1)?.spanId, stop, 'the last attempt before the stop is the one that stopped');
  assert.ok(after.length > 0, 'it went on');
  const causes = (pause?.causes ?? []).map(spanIdOf);
  for (const span of after)
    assert.deepEqual(linksOf(span)?.slice(0, causes.length), causes, 'links to the parts');
}
