import { ATTR, messagingLink, messagingSpan, numberOf } from '@beyond-headers/contracts';
import { linkTo, resumeFrom, startBatchFrom, startFrom, type SpanStart } from '@beyond-headers/propagation';
import type { InSpanOptions } from '@beyond-headers/telemetry';
import { SpanKind, trace, type Link } from '@opentelemetry/api';
import { lastAttempt, previousAttempt } from './queue/history.ts';
import { idsOf, type ClaimedOrder } from './queue/order-queue.ts';
import { partOf } from './parts/part-of.ts';
import { carriedBy, causesOf, createdBy, heldMsOf, isRun, lastSegment } from './queue/segment.ts';
import { runOf } from './recur.ts';
import type { PollerOptions } from './worker.ts';

type Shaping = Partial<
  Pick<
    PollerOptions,
    'traceMaxAgeMs' | 'traceMaxFanOut' | 'holdLinkAfterMs' | 'holdShape' | 'shapeOf' | 'maxAttempts'
  >
>;

/** Returns how the span of one attempt starts: only from the context in the order. */
export function startOfAttempt(order: ClaimedOrder, shaping: Shaping = {}): InSpanOptions {
  const heldMs = heldMsOf(order);
  const { limit, ...start } = startOf(order, shaping);
  const attributes = {
    ...messagingSpan('process', [order._id]),
    [ATTR.orderId]: order._id,
    [ATTR.attempt]: order.attempts,
    [ATTR.maxAttempts]: shaping.maxAttempts,
    [ATTR.contextFound]: trace.getSpanContext(carriedBy(order)) !== undefined,
    [ATTR.pauseReason]: heldMs === undefined ? undefined : order.pause?.reason,
    [ATTR.pauseMs]: heldMs,
    [ATTR.run]: runOf(order),
    [ATTR.partOf]: partOf(order)?.of,
    [ATTR.traceLimit]: limit,
  };
  const links = [...start.links, ...toPreviousAttempt(order)];
  return { kind: SpanKind.CONSUMER, attributes, ...start, links };
}

function startOf(order: ClaimedOrder, shaping: Shaping): SpanStart {
  if (isRun(order)) return ofRun(order, shaping);
  return (order.pause ? afterPause : ofFirstSegment)(order, shaping);
}

/** By default, each run is a separate trace, because runs may continue for days after the caller placed the order. */
function ofRun(order: ClaimedOrder, { shapeOf }: Shaping): SpanStart {
  const start = startFrom({
    shape: shapeOf?.(order) ?? 'link',
    carried: createdBy(order),
    attributes: messagingLink(order._id),
  });
  return { ...start, links: [...start.links, ...linkTo(trace.getSpanContext(lastSegment(order)))] };
}

function ofFirstSegment(order: ClaimedOrder, { shapeOf, traceMaxAgeMs, traceMaxFanOut }: Shaping): SpanStart {
  return startFrom({
    shape: shapeOf?.(order) ?? 'parent',
    carried: createdBy(order),
    attributes: messagingLink(order._id),
    ageMs: ageOf(order, order.createdAt),
    maxAgeMs: traceMaxAgeMs,
    fanOut: partOf(order)?.count,
    maxFanOut: traceMaxFanOut,
  });
}

/** A new segment continues from the one that stopped, and links to the spans that resumed it. */
function afterPause(
  order: ClaimedOrder,
  { shapeOf, traceMaxAgeMs = Number.POSITIVE_INFINITY, holdShape, holdLinkAfterMs }: Shaping,
): SpanStart {
  const isOld = ageOf(order, order.pause?.since) >= traceMaxAgeMs;
  return resumeFrom({
    shape: shapeOf?.(order) ?? holdShape,
    lastSegment: lastSegment(order),
    created: createdBy(order),
    heldMs: heldMsOf(order) ?? 0,
    linkAfterMs: isOld ? 0 : holdLinkAfterMs,
    attributes: messagingLink(order._id),
    causes: causesOf(order),
  });
}

const ageOf = ({ lease }: ClaimedOrder, since: Date | undefined): number =>
  Number(lease.claimedAt) - numberOf(since);

const toPreviousAttempt = (order: ClaimedOrder): Link[] =>
  linkTo(previousAttempt(order), { [ATTR.attempt]: lastAttempt(order)?.attempt ?? 0 });

/** Returns how the span of a batch starts: in a separate trace with a link for each order, because it belongs to no single order. */
export function startOfBatch(orders: readonly ClaimedOrder[]): InSpanOptions {
  const start = startBatchFrom(
    orders.map((order) => ({
      carried: carriedBy(order),
      messageId: order._id,
      attributes: { [ATTR.attempt]: order.attempts },
    })),
  );
  const links = [...start.links, ...orders.flatMap(causesOf).flatMap((cause) => linkTo(cause))];
  return { kind: SpanKind.CONSUMER, attributes: messagingSpan('process', idsOf(orders)), ...start, links };
}
