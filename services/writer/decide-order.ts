import { SpanKind, ROOT_CONTEXT, trace, type Span } from '@opentelemetry/api';
import {
  appended,
  appendedOnce,
  approvalsLeft,
  ATTR,
  goOn,
  messagingSpan,
  shownStatus,
  SPAN,
  type DecidedOrder,
  type DecideOrder,
  type OrderDocument,
} from '@beyond-headers/contracts';
import { captureContext, extractContext, linkTo, type DocumentContext } from '@beyond-headers/propagation';
import { HttpProblem } from '@beyond-headers/service-kit';
import { inSpan, traceIdOf } from '@beyond-headers/telemetry';
import type { Collection } from 'mongodb';
import { noSuchOrder } from './find-orders.ts';

const MAX_DECISIONS = 10;

type Orders = Collection<OrderDocument>;
type Changes = Record<string, unknown>;

/** Returns further changes for an approval, which the same write applies last. */
export type FinishApproval = (body: DecideOrder, cause: DocumentContext | undefined) => Changes;

/**
 * Resumes or rejects a held order in one write. An approval stores its context in the document as a cause, so that the next attempt
 * links to it. The work itself continues from where it stopped.
 *
 * Throws a 404 if there is no such order, and a 409 if the order doesn't wait for this decision. In both cases, nothing changes.
 */
export async function decideOrder(
  orders: Orders,
  id: string,
  body: DecideOrder,
  finish?: FinishApproval,
): Promise<DecidedOrder> {
  const order = await orders.findOne({ _id: id });
  if (!order) throw noSuchOrder();
  assertAwaited(order, body);
  const isApproval = body.decision === 'approve';
  const options = {
    kind: isApproval ? SpanKind.PRODUCER : SpanKind.INTERNAL,
    attributes: { ...(isApproval && messagingSpan('approve', [id])), [ATTR.orderId]: id },
    links: linkTo(trace.getSpanContext(extractContext(order.pause?.context))),
  };
  return inSpan(isApproval ? SPAN.approveOrders : SPAN.rejectOrders, options, async (span) => {
    await write(orders, order, changesOf(body, span, finish));
    const traceId = traceIdOf(span);
    const left = approvalsLeft(order);
    return {
      orderId: id,
      ...(isApproval
        ? { status: 'pending', approvalsLeft: left - 1 }
        : { status: 'rejected', approvalsLeft: left }),
      ...(traceId && { traceId }),
    };
  });
}

function assertAwaited(order: OrderDocument, { approval }: DecideOrder): void {
  const status = shownStatus(order.status);
  if (status !== 'held')
    throw new HttpProblem(
      409,
      `The order doesn't wait for an approval: its status is ${JSON.stringify(status)}.`,
    );
  const awaited = (order.decisions?.length ?? 0) + 1;
  if (approval !== undefined && approval !== awaited)
    throw new HttpProblem(409, `The order waits for approval ${awaited}, got ${approval}.`);
}

function changesOf(body: DecideOrder, span: Span, finish?: FinishApproval): Changes[] {
  // Only for links: the baggage of the caller that decides must not reach the order.
  const context = captureContext(trace.setSpan(ROOT_CONTEXT, span));
  const traceId = traceIdOf(span);
  const record = {
    decision: body.decision,
    at: '$$NOW',
    ...(context && { context: { $literal: context } }),
  };
  const decisions = appended('decisions', record, MAX_DECISIONS);
  if (body.decision === 'approve')
    return [{ $set: { ...goOn({ context, traceId }), decisions, ...finish?.(body, context) } }];
  const traceIds = appendedOnce('traceIds', traceId);
  return [
    { $set: { status: 'rejected', availableAt: '$$NOW', 'pause.until': '$$NOW', decisions, traceIds } },
  ];
}

/** Changes only the pause that was read: the decision isn't about a pause that began since then. */
async function write(orders: Orders, { _id, pause }: OrderDocument, changes: Changes[]): Promise<void> {
  const read = { _id, status: 'held' as const, ...(pause && { 'pause.since': pause.since }) };
  const { matchedCount } = await orders.updateOne(read, changes);
  if (matchedCount === 1) return;
  throw new HttpProblem(
    409,
    'Another request decided on the order first. GET /orders/{id} shows its status.',
  );
}
