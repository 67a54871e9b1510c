import type { OrderPage, OrderView, PlacedOrder, PlaceOrder } from '@beyond-headers/contracts';
import { untraced } from '@beyond-headers/service-kit/untraced';
import { until } from './until.ts';

/** An order that every writer accepts. */
export const ORDER: PlaceOrder = {
  customer: 'ada',
  items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }],
};

/** Posts JSON, and returns the response. Throws with the response if its status isn't one of success, or if it isn't JSON. */
export async function postJson<T>(url: string, body: object, headers = {}): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  if (!response.ok || !isJson)
    throw new Error(`Failed to post to ${url}: got ${response.status} ${text}. Expected success and JSON.`);
  return JSON.parse(text) as T;
}

/** Places an order like `ORDER`, with other or more fields. */
export const placeOrder = (
  writer: string,
  order: Partial<PlaceOrder> = {},
  headers = {},
): Promise<Required<PlacedOrder>> => postJson(`${writer}/orders`, { ...ORDER, ...order }, headers);

export async function readOrder(writer: string, orderId: string): Promise<OrderView> {
  const response = await fetch(`${writer}/orders/${orderId}`, { headers: untraced() });
  return (await response.json()) as OrderView;
}

/** Returns at most a hundred orders, newest first. */
export async function listOrders(writer: string): Promise<OrderView[]> {
  const response = await fetch(`${writer}/orders?limit=100`);
  if (!response.ok) throw new Error(`${writer}/orders: got ${response.status} ${await response.text()}.`);
  return ((await response.json()) as OrderPage).orders;
}

export const untilFulfilled = (writer: string, orderId: string, deadlineMs = 60_000): Promise<OrderView> =>
  until(
    () => readOrder(writer, orderId),
    ({ status }) => status === 'fulfilled',
    { deadlineMs, what: `order ${orderId}, fulfilled,` },
  );
