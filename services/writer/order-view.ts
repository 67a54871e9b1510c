import {
  approvalsLeft,
  countOfParts,
  everyOf,
  FULFILLED_KEY,
  isoDate,
  isScheduled,
  orderView,
  partIds,
  shownStatus,
  type OrderDocument,
  type OrderView,
  type Pause,
} from '@beyond-headers/contracts';

/** Converts an order to its view in the API; undefined if the document isn't an order, because that must not make a list fail. */
export function toView(order: OrderDocument): OrderView | undefined {
  const { part, pause, error } = order;
  const view = orderView.safeParse({
    orderId: order._id,
    customer: order.customer,
    items: order.items,
    report: order.report ?? false,
    status: shownStatus(order.status),
    createdAt: isoDate(order.createdAt),
    attempts: order.attempts ?? 0,
    traceIds: order.traceIds ?? [],
    ...(order.approval && { approvalsLeft: approvalsLeft(order) }),
    ...toEnd(order),
    ...toSchedule(order),
    ...(countOfParts(order) > 0 && { parts: partIds(order) }),
    ...(typeof part?.of === 'string' && { partOf: part.of }),
    ...(pause && { pause: toPause(pause) }),
    ...(typeof error === 'string' && { error }),
  });
  return view.data;
}

/** Returns the end of an order: the time in the ledger if it is fulfilled, or `availableAt` if it ended in another way. */
function toEnd({ status, ledger, availableAt }: OrderDocument): Pick<OrderView, 'endedAt'> {
  const shown = shownStatus(status);
  const entry = Array.isArray(ledger) ? ledger.findLast((one) => one?.key === FULFILLED_KEY) : undefined;
  const isEnded = ['failed', 'rejected', 'cancelled'].includes(shown);
  const endedAt = isoDate(shown === 'fulfilled' ? entry?.at : isEnded ? availableAt : undefined);
  return { ...(endedAt && { endedAt }) };
}

function toSchedule(order: OrderDocument): Pick<OrderView, 'every' | 'runs' | 'availableAt'> {
  if (!isScheduled(order)) return {};
  const { status, runs = 0 } = order;
  const every = everyOf(order);
  const next = shownStatus(status) === 'pending' ? isoDate(order.availableAt) : undefined;
  return {
    // The last run fulfills the order, and doesn't increase `runs`.
    ...(every && { every, runs: status === 'fulfilled' ? every.times : runs }),
    ...(next && { availableAt: next }),
  };
}

function toPause({ reason, since, until }: Pause) {
  const ended = isoDate(until);
  return { reason, since: isoDate(since), ...(ended && { until: ended }) };
}
