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

/** An order as the outside sees it. Undefined of a document that is none: what other programs store must not take a list away. */
export function toView(order: OrderDocument): OrderView | undefined {
  const {
    _id,
    customer,
    items,
    report,
    status,
    createdAt,
    attempts,
    traceIds,
    approval,
    part,
    pause,
    error,
  } = order;
  const view = orderView.safeParse({
    orderId: _id,
    customer,
    items,
    report: report ?? false,
    status: shownStatus(status),
    createdAt: isoDate(createdAt),
    attempts: attempts ?? 0,
    traceIds: traceIds ?? [],
    ...(approval && { approvalsLeft: approvalsLeft(order) }),
    ...toEnd(order),
    ...toSchedule(order),
    ...(countOfParts(order) > 0 && { parts: partIds(order) }),
    ...(typeof part?.of === 'string' && { partOf: part.of }),
    ...(pause && { pause: toPause(pause) }),
    ...(typeof error === 'string' && { error }),
  });
  return view.data;
}

/** Of an order that is fulfilled, the time in its ledger; of one that ended in another way, `availableAt`. */
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
    // The last run fulfils the order, and counts nothing.
    ...(every && { every, runs: status === 'fulfilled' ? every.times : runs }),
    ...(next && { availableAt: next }),
  };
}

function toPause({ reason, since, until }: Pause) {
  const ended = isoDate(until);
  return { reason, since: isoDate(since), ...(ended && { until: ended }) };
}
