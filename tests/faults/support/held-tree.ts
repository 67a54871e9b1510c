import assert from 'node:assert/strict';
import type { OrderDocument } from '@beyond-headers/contracts';
import type { Span } from '@beyond-headers/traces';
import type { DocumentContext } from '@beyond-headers/propagation';
import { attemptsIn, linksOf, spanIdOf } from '../../support/order-spans.ts';
import { assertNoOrphans, endedAs, reachesTrace } from './delivered-spans.ts';

const numberOf = ({ attributes }: Span) => Number(attributes['demo.attempt']);
const traceIdOf = (carrier: DocumentContext | undefined) => carrier?.['traceparent']?.split('-')[1];

/** One segment of a held order, according to its document. */
interface Segment {
  /** The id of the span that is the parent of its attempts. */
  parent: string | undefined;
  /** The span id of the decision that resumed the order. */
  cause: string | undefined;
}

/** Returns the segment after the creation, and then one for each stop, with the decision that ended it. */
function segmentsOf({ context, history = [], decisions = [] }: OrderDocument): Segment[] {
  const stops = history.filter(({ outcome }) => outcome === 'held');
  return [
    { parent: spanIdOf(context), cause: undefined },
    ...stops.map((stop, index) => ({
      parent: spanIdOf(stop.context),
      cause: spanIdOf(decisions[index]?.context),
    })),
  ];
}

/**
 * Waits until an order that was held and fulfilled has its exact trace. Each attempt is a child of the stop before it. It links to the
 * decision, and to the previous attempt in its segment. Each decision's span links to the stop that it ended. Resolves with the number of
 * attempts.
 */
export async function reachesHeldTree(order: OrderDocument): Promise<number> {
  const spans = await reachesTrace(order.traceIds[0], (found) => assertSegments(found, order));
  const stops = order.history!.filter(({ outcome }) => outcome === 'held');
  for (const [index, { context }] of (order.decisions ?? []).entries()) {
    await reachesTrace(traceIdOf(context), (found) =>
      assertDecision(found, spanIdOf(context), spanIdOf(stops[index]?.context)),
    );
  }
  return attemptsIn(spans).length;
}

function assertSegments(spans: Span[], order: OrderDocument): void {
  const segments = segmentsOf(order);
  // Sorted by number: on an overloaded machine, an attempt that lost its lease may start after the next one.
  const attempts = attemptsIn(spans).toSorted((a, b) => numberOf(a) - numberOf(b));
  assertNoOrphans(spans);
  const own = segments.map(({ parent }) => attempts.filter(({ parentSpanId }) => parentSpanId === parent));
  assert.equal(own.flat().length, attempts.length, 'attempts that are in no segment');
  for (const [index, { cause }] of segments.entries()) {
    const isLast = index === segments.length - 1;
    assertSegment(own[index]!, cause, isLast ? 'fulfilled' : 'held');
  }
}

function assertSegment(attempts: Span[], cause: string | undefined, outcome: string): void {
  const last = attempts.at(-1);
  assert.ok(
    endedAs(last, outcome),
    `the last attempt ended ${JSON.stringify(last?.attributes['demo.outcome'])}, not ${outcome}`,
  );
  for (const [index, attempt] of attempts.entries()) {
    const previous = attempts[index - 1];
    // A lease that ended before its first heartbeat left no span to link to.
    const expected = [...(cause ? [cause] : []), ...(previous ? [previous.spanId] : [])];
    const found = linksOf(attempt);
    const without = expected.filter((id) => id !== previous?.spanId || found?.includes(id));
    assert.deepEqual(
      found,
      without,
      `links of attempt ${JSON.stringify(attempt.attributes['demo.attempt'])}`,
    );
  }
}

function assertDecision(spans: Span[], id: string | undefined, stop: string | undefined): void {
  const decision = spans.find(({ spanId }) => spanId === id);
  assert.equal(decision?.name, 'approve orders');
  assert.deepEqual(linksOf(decision), [stop]);
  const parent = spans.find(({ spanId }) => spanId === decision?.parentSpanId);
  // If the writer was killed, the name lacks the route, which the instrumentation adds when the span ends.
  assert.equal(parent?.kind, 'SERVER');
  assert.ok(['POST', 'POST /orders/:id/approval'].includes(parent.name), parent.name);
}
