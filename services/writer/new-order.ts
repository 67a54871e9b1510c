import type { OrderDocument } from '@beyond-headers/contracts';

/** What the writer decides; the two dates of a new order are the server's. */
export type NewOrder = Omit<OrderDocument, 'createdAt' | 'availableAt'>;
