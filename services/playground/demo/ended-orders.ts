import type { OrderPage, OrderView } from '@beyond-headers/contracts';
import { getJson } from '../runs/http.ts';

const PAGE = 100;
/** Enough for the orders of the largest load, and for as many other orders. */
const MAX_PAGES = 20;

/**
 * Returns those of the given orders that have ended. Reads the writer's list in pages of 100, newest first, back to the oldest
 * given order.
 */
export async function endedOrders(writerUrl: string, orderIds: readonly string[]): Promise<OrderView[]> {
  const [oldest] = orderIds.toSorted();
  if (!oldest) return [];
  const wanted = new Set(orderIds);
  const ended: OrderView[] = [];
  let after = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = `limit=${PAGE}${after && `&after=${after}`}`;
    const { orders, next } = (await getJson<OrderPage>('writer', `${writerUrl}/orders?${query}`)) ?? NOTHING;
    ended.push(...orders.filter(({ orderId, endedAt }) => endedAt !== undefined && wanted.has(orderId)));
    if (!next || next < oldest) break;
    after = next;
  }
  return ended;
}

const NOTHING: OrderPage = { orders: [] };
