import {
  storedStatuses,
  type ListOrders,
  type OrderDocument,
  type OrderPage,
  type OrderView,
} from '@beyond-headers/contracts';
import { HttpProblem, type Logger } from '@beyond-headers/service-kit';
import type { Collection } from 'mongodb';
import { toView } from './order-view.ts';

/** Other ids belong to other programs. A page can't start after them. */
const ORDER_ID = /^[0-9a-f]{24}$/;
const MALFORMED = 'documents of the orders collection are not orders: a field is missing or of a wrong type';

export const noSuchOrder = () =>
  new HttpProblem(404, 'There is no order with this id. GET /orders lists them.');

/** Throws a 404 if there is no such order, or if the document isn't an order, which is also logged. */
export async function findOrder(
  orders: Collection<OrderDocument>,
  id: string,
  logger: Logger,
): Promise<OrderView> {
  const order = await orders.findOne({ _id: id });
  const view = order && toView(order);
  if (view) return view;
  if (order) logger.warn({ orderIds: [id] }, MALFORMED);
  throw noSuchOrder();
}

/** Returns a page of orders, newest first. Documents that aren't orders are left out, counted, and logged. */
export async function listOrders(
  orders: Collection<OrderDocument>,
  { status, limit, after }: ListOrders,
  logger: Logger,
): Promise<OrderPage> {
  const found = await orders
    .find({
      _id: { $regex: ORDER_ID, ...(after && { $lt: after }) },
      ...(status && { status: { $in: storedStatuses(status) } }),
    })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const page = found.slice(0, limit);
  const views = page.map(toView);
  const malformed = page.filter((_, index) => !views[index]).map(({ _id }) => _id);
  if (malformed.length > 0) logger.warn({ orderIds: malformed }, MALFORMED);
  return {
    orders: views.filter((view) => view !== undefined),
    ...(found.length > limit && { next: page.at(-1)?._id }),
    ...(malformed.length > 0 && { malformed: malformed.length }),
  };
}
