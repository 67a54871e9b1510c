import { setTimeout as delay } from 'node:timers/promises';

/**
 * The button "Flood": places ORDERS orders, enough to fill the queue, and reports when all of them have been processed.
 * In the traces, the span `wait orders` gets longer.
 */
const WRITER = process.env['WRITER_URL'] ?? 'http://127.0.0.1:8081';
const MAX_ORDERS = 5_000;
const AT_A_TIME = 20;
const DEADLINE_MS = 120_000;
const POLL_MS = 250;

const total = ordersAsked();
const start = performance.now();
let next = 0;
await Promise.all(Array.from({ length: AT_A_TIME }, placeUntilEnough));
console.log(`${total} orders placed in ${seconds()} s`);
while (await areWaiting()) {
  if (performance.now() - start > DEADLINE_MS)
    throw new Error(
      `Orders still wait after ${seconds()} s. Is the poller paused? Press Resume on the resource poller.`,
    );
  await delay(POLL_MS);
}
console.log(`no order waits any more, ${seconds()} s after the first`);

function ordersAsked(): number {
  const text = process.env['ORDERS'] ?? '200';
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_ORDERS) return value;
  throw new Error(
    `How many orders: got ${JSON.stringify(text)}. Expected a whole number from 1 to ${MAX_ORDERS}.`,
  );
}

async function placeUntilEnough(): Promise<void> {
  while (next++ < total) await place();
}

async function place(): Promise<void> {
  const response = await fetch(`${WRITER}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customer: 'flood',
      items: [{ sku: 'tea', quantity: 1, unitPriceCents: 350 }],
    }),
  });
  if (response.status !== 202)
    throw new Error(
      `Failed to place an order at ${WRITER}: got ${response.status} ${await response.text()}. Expected 202.`,
    );
  await response.arrayBuffer();
}

async function areWaiting(): Promise<boolean> {
  const found = await Promise.all(['pending', 'processing'].map(ordersWith));
  return found.some((count) => count > 0);
}

async function ordersWith(status: string): Promise<number> {
  const response = await fetch(`${WRITER}/orders?status=${status}&limit=1`);
  const { orders } = (await response.json()) as { orders: unknown[] };
  return orders.length;
}

function seconds(): string {
  return ((performance.now() - start) / 1_000).toFixed(1);
}
