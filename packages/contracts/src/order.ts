import { z } from 'zod';
import { demoSwitches } from './demo-switches.ts';

/** Glossary: an **order** is the document and the message; the **carrier** is its `context` field. */

const text = (max: number) => z.string().min(1).max(max);
const cents = z.int().min(0).max(100_000_000);

/** 24 lower-case hex digits: an ObjectId as text, ordered by creation. */
export const orderId = z.string().regex(/^[0-9a-f]{24}$/, 'expected 24 lower-case hex digits');

export const orderItem = z.strictObject({
  sku: text(64),
  quantity: z.int().min(1).max(10_000),
  unitPriceCents: cents,
});

/** Body of `POST /orders`. Unknown fields are refused, so no `$` operator can pass. */
export const placeOrder = z.strictObject({
  customer: text(200),
  items: z.array(orderItem).min(1).max(50),
  report: z.boolean().optional(),
  demo: demoSwitches.optional(),
});

export const orderStatus = z.enum(['pending', 'processing', 'fulfilled', 'failed']);

const traceId = z.string().regex(/^[0-9a-f]{32}$/);

/** Answer of `POST /orders`. */
export const placedOrder = z.object({
  orderId,
  status: orderStatus,
  traceId,
  links: z.object({ self: z.string(), trace: z.string() }),
});

/** An order as the outside sees it: without carrier, lease and ledger. */
export const orderView = z.object({
  orderId,
  customer: z.string(),
  items: z.array(orderItem),
  report: z.boolean(),
  status: orderStatus,
  createdAt: z.iso.datetime(),
  attempts: z.int(),
  traceIds: z.array(traceId),
  error: z.string().optional(),
});

/** Query of `GET /orders`. `after` is the last id of the page before; newest first. */
export const listOrders = z.strictObject({
  status: orderStatus.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: orderId.optional(),
});

export const orderPage = z.object({ orders: z.array(orderView), next: orderId.optional() });

export type PlaceOrder = z.infer<typeof placeOrder>;
export type PlacedOrder = z.infer<typeof placedOrder>;
export type OrderView = z.infer<typeof orderView>;
export type OrderItem = z.infer<typeof orderItem>;
export type OrderStatus = z.infer<typeof orderStatus>;
export type ListOrders = z.infer<typeof listOrders>;
export type OrderPage = z.infer<typeof orderPage>;
