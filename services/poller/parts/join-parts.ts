import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import {
  goOnAfter,
  numberOf,
  partIds,
  storedStatuses,
  type OrderDocument,
  type Part,
} from '@beyond-headers/contracts';
import type { DocumentContext } from '@beyond-headers/propagation';
import type { Collection } from 'mongodb';

type Orders = Collection<OrderDocument>;
type Ended = Pick<OrderDocument, '_id' | 'status'> & { part?: Partial<Part> };

/** The last step on an order before it goes on: more changes in the same write, after the others. */
export type FinishJoin = (
  order: OrderDocument,
  lastPart: DocumentContext | undefined,
) => Record<string, unknown>;

const nothingMore: FinishJoin = () => ({});

const NOT_ENDED = (['pending', 'processing', 'held', 'waiting'] as const).flatMap(storedStatuses);

/**
 * Lets an order go on that waits for its parts, once all of them have ended. Nothing counts them: each part says of itself whether it
 * has ended, so that none can be counted twice. The last span of each is stored as a cause, to be linked.
 *
 * Of any number of callers at the same time, one lets the order go on. Resolves with whether it was this one.
 */
export function joinParts(orders: Orders, id: string, finish = nothingMore): Promise<boolean> {
  // The caller works for one of the parts, and nothing of that part's context must reach the order.
  return context.with(ROOT_CONTEXT, async () => {
    const order = await orders.findOne({ _id: id, status: 'waiting' });
    if (!order?.pause || (await isAnyGoingOn(orders, order))) return false;
    const parts = await readParts(orders, order);
    // One that was requeued since has not failed.
    if (parts.some(({ status }) => NOT_ENDED.includes(status))) return false;
    return goOnWith(orders, order, parts, finish);
  });
}

/** Looks for one: most calls come while there are others. */
const isAnyGoingOn = async (orders: Orders, order: OrderDocument): Promise<boolean> =>
  (await orders.findOne(
    { _id: { $in: partIds(order) }, status: { $in: NOT_ENDED } },
    { projection: { _id: 1 } },
  )) !== null;

function readParts(orders: Orders, order: OrderDocument): Promise<Ended[]> {
  const projection = { status: 1, part: 1 };
  return orders
    .find({ _id: { $in: partIds(order) } })
    .project<Ended>(projection)
    .toArray();
}

async function goOnWith(
  orders: Orders,
  order: OrderDocument,
  parts: Ended[],
  finish: FinishJoin,
): Promise<boolean> {
  const { _id, pause } = order;
  const inOrder = parts.toSorted((one, other) => numberOf(one.part?.index) - numberOf(other.part?.index));
  const causes = inOrder.map(({ part }) => part?.lastSpan).filter((span) => span !== undefined);
  const changes = {
    ...goOnAfter(causes),
    'pause.failedParts': { $literal: failedOf(order, parts) },
    ...finish(order, lastOf(parts)),
  };
  // Of the very pause that was read: one that began since then has parts of its own.
  const { modifiedCount } = await orders.updateOne({ _id, status: 'waiting', 'pause.since': pause!.since }, [
    { $set: changes },
  ]);
  return modifiedCount === 1;
}

/** A part that was deleted has not fulfilled its share either. */
function failedOf(order: OrderDocument, parts: Ended[]): string[] {
  const fulfilled = new Set(parts.filter(({ status }) => status === 'fulfilled').map(({ _id }) => _id));
  return partIds(order).filter((id) => !fulfilled.has(id));
}

const lastOf = (parts: Ended[]): DocumentContext | undefined =>
  parts.toSorted((one, other) => numberOf(one.part?.endedAt ?? 0) - numberOf(other.part?.endedAt ?? 0)).at(-1)
    ?.part?.lastSpan;
