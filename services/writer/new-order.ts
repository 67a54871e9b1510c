import type { OrderDocument } from '@beyond-headers/contracts';

/** A new order without its two dates, which the database server sets. */
export type NewOrder = Omit<OrderDocument, 'createdAt' | 'availableAt'>;

/** Makes the last changes to an order before it is written. */
export type FinishOrder = (order: NewOrder) => NewOrder;
