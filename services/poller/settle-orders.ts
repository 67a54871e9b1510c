import { context, ROOT_CONTEXT, SpanKind, type Span } from '@opentelemetry/api';
import { messagingSpan, SPAN } from '@beyond-headers/contracts';
import { inSpan } from '@beyond-headers/telemetry';
import { DependencyAway } from './dependency-away.ts';
import { recordOperation } from './metrics.ts';
import { idsOf } from './queue/lease.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import { failOrder, postponeOrder, releaseOrder, type Settlement } from './queue/settle.ts';
import { untilAnswered } from './queue/until-answered.ts';
import { Released } from './run-handler.ts';
import type { Worker } from './work.ts';

/**
 * Writes what became of each order, as a CLIENT span under that of the attempt: those that were fulfilled at once, each of the
 * others by itself.
 */
export function settleOrders(
  held: readonly ClaimedOrder[],
  results: readonly PromiseSettledResult<void>[],
  span: Span,
  worker: Worker,
): Promise<Settlement[]> {
  const attributes = messagingSpan('settle', idsOf(held));
  return inSpan(SPAN.settleOrders, { kind: SpanKind.CLIENT, attributes }, () =>
    // The write may be one with those of other orders: the driver's span of it would hang in the trace of whoever came first.
    context.with(ROOT_CONTEXT, () => settleEach(held, results, span, worker)),
  );
}

async function settleEach(
  held: readonly ClaimedOrder[],
  results: readonly PromiseSettledResult<void>[],
  span: Span,
  worker: Worker,
): Promise<Settlement[]> {
  const done = held.filter((_, index) => results[index]?.status === 'fulfilled');
  const completed = done.length > 0 ? await complete(done, span, worker) : new Set<string>();
  return Promise.all(
    held.map(async (order, index): Promise<Settlement> => {
      const result = results[index];
      if (result?.status === 'rejected') return giveBack(order, result.reason, span, worker);
      return { outcome: completed.has(order._id) ? 'fulfilled' : 'lease lost' };
    }),
  );
}

function complete(held: readonly ClaimedOrder[], span: Span, worker: Worker): Promise<Set<string>> {
  const { traceId } = span.spanContext();
  return persist(worker, () => worker.completions.write({ held, traceId }));
}

function giveBack(order: ClaimedOrder, reason: unknown, span: Span, worker: Worker): Promise<Settlement> {
  const { queue, circuit } = worker;
  if (reason instanceof Released) return persist(worker, () => releaseOrder(queue, order, span));
  if (reason instanceof DependencyAway) {
    const { waitMs } = circuit;
    return persist(worker, () => postponeOrder(queue, order, { reason, waitMs, span }));
  }
  return persist(worker, () => failOrder(queue, order, toError(reason), span));
}

/** While the database is away the order stays in hand: its outcome is written when it is back, or refused. */
function persist<T>({ release }: Worker, write: () => Promise<T>): Promise<T> {
  return untilAnswered(() => recordOperation('settle', write), release);
}

export const toError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error(String(reason));
