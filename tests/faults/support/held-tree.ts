import assert from 'node:assert/strict';
import type { OrderDocument } from '@beyond-headers/contracts';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import type { DocumentContext } from '@beyond-headers/propagation';
import { traces } from './preload.ts';

const KILLED = 'the process was killed';

const isAttempt = ({ name }: Span) => name === 'process orders';
const spanIdOf = (carrier: DocumentContext | undefined) => carrier?.['traceparent']?.split('-')[2];
const traceIdOf = (carrier: DocumentContext | undefined) => carrier?.['traceparent']?.split('-')[1] ?? '';
const idsOfLinks = ({ links }: Span) => links.map(({ spanId }) => spanId);

/** A span that was delivered just before its process was killed comes once more from the journal. */
const unique = (spans: Span[]): Span[] => [...new Map(spans.map((span) => [span.spanId, span])).values()];

/** One segment of a held order's work, as its document tells it. */
interface Segment {
  /** What each of its attempts hangs under. */
  parent: string | undefined;
  /** The decision that let it go on. */
  cause: string | undefined;
}

/** The creation, and then each stop with the decision that ended it. */
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
 * Waits until an order that was held and fulfilled has its exact trace: each attempt hangs under the stop before it and links to the
 * decision, and to the attempt before in its segment; each decision's span links to the stop that it ended. Resolves with the number
 * of attempts.
 */
export async function reachesHeldTree(order: OrderDocument, deadlineMs = 20_000): Promise<number> {
  const spans = await waitForTrace(
    traces.queryUrl,
    order.traceIds[0] ?? '',
    (found) => assertSegments(unique(found), order),
    { deadlineMs },
  );
  const stops = order.history!.filter(({ outcome }) => outcome === 'held');
  for (const [index, { context }] of (order.decisions ?? []).entries()) {
    await waitForTrace(
      traces.queryUrl,
      traceIdOf(context),
      (found) => assertDecision(found, spanIdOf(context), spanIdOf(stops[index]?.context)),
      { deadlineMs },
    );
  }
  return unique(spans).filter(isAttempt).length;
}

function assertSegments(spans: Span[], order: OrderDocument): void {
  const segments = segmentsOf(order);
  const attempts = spans.filter(isAttempt).toSorted((a, b) => Number(a.startNs - b.startNs));
  const ids = new Set(spans.map(({ spanId }) => spanId));
  assert.deepEqual(
    spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId)).map(({ name }) => name),
    [],
    'spans without their parent',
  );
  const own = segments.map(({ parent }) => attempts.filter(({ parentSpanId }) => parentSpanId === parent));
  assert.equal(own.flat().length, attempts.length, 'attempts that are in no segment');
  for (const [index, { cause }] of segments.entries()) {
    const isLast = index === segments.length - 1;
    assertSegment(own[index]!, cause, isLast ? 'fulfilled' : 'held');
  }
}

function assertSegment(attempts: Span[], cause: string | undefined, outcome: string): void {
  const last = attempts.at(-1);
  // A process that is killed between the database's yes and its own reading of it has ended the segment without knowing.
  const hasEnded = last?.attributes['demo.outcome'] === outcome || last?.status.message === KILLED;
  assert.ok(
    hasEnded,
    `the last attempt ended ${JSON.stringify(last?.attributes['demo.outcome'])}, not ${outcome}`,
  );
  for (const [index, attempt] of attempts.entries()) {
    const previous = attempts[index - 1];
    // A lease that ended before its first heartbeat left no span to link to.
    const expected = [...(cause ? [cause] : []), ...(previous ? [previous.spanId] : [])];
    const found = idsOfLinks(attempt);
    const without = expected.filter((id) => id !== previous?.spanId || found.includes(id));
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
  assert.deepEqual(idsOfLinks(decision), [stop]);
  const parent = spans.find(({ spanId }) => spanId === decision?.parentSpanId);
  // Of a writer that was killed the route is not known: the instrumentation names the span when it ends.
  assert.equal(parent?.kind, 'SERVER');
  assert.ok(['POST', 'POST /orders/:id/approval'].includes(parent.name), parent.name);
}
