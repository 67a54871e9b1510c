import type { OrderDocument } from '@beyond-headers/contracts';

/** What the writer decides; the two dates of a new order are the server's. */
export type NewOrder = Omit<OrderDocument, 'createdAt' | 'availableAt'>;

/** The last step on an order before it is written. */
export type FinishOrder = (order: NewOrder) => NewOrder;
