import {
  approvalsLeft,
  countOfParts,
  isoDate,
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
    ...(countOfParts(order) > 0 && { parts: partIds(order) }),
    ...(typeof part?.of === 'string' && { partOf: part.of }),
    ...(pause && { pause: toPause(pause) }),
    ...(typeof error === 'string' && { error }),
  });
  return view.data;
}

function toPause({ reason, since, until }: Pause) {
  const ended = isoDate(until);
  return { reason, since: isoDate(since), ...(ended && { until: ended }) };
}
