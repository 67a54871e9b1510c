import { isoDate, orderView, type OrderDocument, type OrderView } from '@beyond-headers/contracts';

/** An order as the outside sees it. Undefined of a document that is none: what other programs store must not take a list away. */
export function toView(order: OrderDocument): OrderView | undefined {
  const { _id, customer, items, report, status, createdAt, attempts, traceIds, error } = order;
  const view = orderView.safeParse({
    orderId: _id,
    customer,
    items,
    report: report ?? false,
    status,
    createdAt: isoDate(createdAt),
    attempts: attempts ?? 0,
    traceIds: traceIds ?? [],
    ...(typeof error === 'string' && { error }),
  });
  return view.data;
}
