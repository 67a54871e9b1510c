import { z } from 'zod';
import { placedOrder, placeOrder } from './order.ts';

/** The maximum number of orders in a batch. */
export const MAX_BATCH = 100;

/** Body of `POST /orders/batch`. */
export const placeOrders = z.strictObject({ orders: z.array(placeOrder).min(1).max(MAX_BATCH) }).meta({
  id: 'PlaceOrders',
  description: 'Orders to place together. Either all of them are placed, or none.',
});

export const placedOrders = z
  .object({ orders: z.array(placedOrder).describe('In the same sequence as in the request.') })
  .meta({ id: 'PlacedOrders', description: 'Orders that the writer accepted, all in one trace.' });

export type PlaceOrders = z.infer<typeof placeOrders>;
export type PlacedOrders = z.infer<typeof placedOrders>;
