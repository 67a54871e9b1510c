import { partIds, type OrderDocument } from '@beyond-headers/contracts';
import { spanIdOf } from '../../support/order-spans.ts';
import type { QueueTest } from './queue.ts';

/** Returns the parts of an order, by their index. */
export async function readParts({ orders }: QueueTest, order: OrderDocument): Promise<OrderDocument[]> {
  const parts = await orders.find({ _id: { $in: partIds(order) } }).toArray();
  return parts.toSorted((one, other) => one.part!.index - other.part!.index);
}

/** Returns the id of the last span of a part. */
export const lastSpanOf = ({ part }: OrderDocument): string | undefined => spanIdOf(part?.lastSpan);
