import type { ListOrders, OrderDocument, OrderPage, OrderView } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';

export async function findOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<OrderView | undefined> {
  const order = await orders.findOne({ _id: id });
  return order ? toView(order) : undefined;
}

/** The document as it is stored, of its bookkeeping only what anyone may know: a lease's token lets its holder settle. */
export async function findStoredOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<Partial<OrderDocument> | null> {
  const projection = {
    _id: 1,
    customer: 1,
    items: 1,
    report: 1,
    status: 1,
    createdAt: 1,
    traceIds: 1,
    context: 1,
  };
  return orders.findOne({ _id: id }, { projection });
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
