import type { Span } from '@opentelemetry/api';
import type { Document } from 'mongodb';
import { BY_ID, tokenOf, underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

/** Orders of one claim, with the span of their attempt. */
export interface Held {
  held: readonly ClaimedOrder[];
  span: Span;
}

/**
 * Changes orders under their leases in one command. It has one write for each token, because the token is the fence. One write for each
 * order would cost the database four times as much: it plans each write, and records each in the session, so that the driver can retry it.
 * @param changesOf returns the changes to orders with the same token; `spans` has the span of each
 * @returns whether all of the orders were still held
 */
export async function updateHeld(
  { orders }: OrderQueue,
  group: readonly Held[],
  changesOf: (held: ClaimedOrder[], spans: Span[]) => Document,
): Promise<boolean> {
  const byToken = Map.groupBy(group, ({ held }) => tokenOf(held));
  const writes = Array.from(byToken.values(), (together) => {
    const held = together.flatMap((one) => one.held);
    const spans = together.flatMap((one) => one.held.map(() => one.span));
    const update = [{ $set: changesOf(held, spans) }];
    return { updateMany: { filter: underLease(held), hint: BY_ID, update } };
  });
  const { matchedCount } = await orders.bulkWrite(writes, { ordered: false });
  return matchedCount === group.flatMap(({ held }) => held).length;
}
