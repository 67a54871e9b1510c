import type { ListOrders, OrderDocument, OrderPage, OrderView } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';

export async function findOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<OrderView | undefined> {
  const order = await orders.findOne({ _id: id });
  return order ? toView(order) : undefined;
}

/** A page of orders, newest first. */
export async function listOrders(
  orders: Collection<OrderDocument>,
  { status, limit, after }: ListOrders,
): Promise<OrderPage> {
  const filter = { ...(status && { status }), ...(after && { _id: { $lt: after } }) };
  const found = await orders
    .find(filter)
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const page = found.slice(0, limit);
  return { orders: page.map(toView), ...(found.length > limit && { next: page.at(-1)?._id }) };
}

function toView(order: OrderDocument): OrderView {
  return {
    orderId: order._id,
    customer: order.customer,
    items: order.items,
    report: order.report,
    status: order.status,
    createdAt: order.createdAt.toISOString(),
    attempts: order.attempts,
    traceIds: order.traceIds,
    ...(order.error && { error: order.error }),
  };
}
