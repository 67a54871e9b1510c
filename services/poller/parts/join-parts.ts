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

/** Returns further changes to an order that resumes, which the same write applies last. */
export type FinishJoin = (
  order: OrderDocument,
  lastPart: DocumentContext | undefined,
) => Record<string, unknown>;

const NOT_ENDED = (['pending', 'processing', 'held', 'waiting'] as const).flatMap(storedStatuses);

/**
 * Resumes an order that waits for its parts, once all of them have ended. There is no counter, which could count a part twice: the
 * status of each part shows whether it has ended. The last span of each is stored as a cause, so that the next attempt links to it.
 *
 * Of any number of concurrent callers, only one resumes the order. Resolves with whether it was this one.
 */
export function joinParts(orders: Orders, id: string, finish?: FinishJoin): Promise<boolean> {
  // The caller works on one of the parts, and that part's context must not reach the order.
  return context.with(ROOT_CONTEXT, async () => {
    const order = await orders.findOne({ _id: id, status: 'waiting' });
    if (!order?.pause || (await isAnyGoingOn(orders, order))) return false;
    const parts = await readParts(orders, order);
    // A part that was requeued since the check above hasn't ended.
    if (parts.some(({ status }) => NOT_ENDED.includes(status))) return false;
    return goOnWith(orders, order, parts, finish);
  });
}

/** Finds only one part, because most calls come while other parts are still in progress. */
const isAnyGoingOn = async (orders: Orders, order: OrderDocument): Promise<boolean> =>
  (await orders.findOne(
    { _id: { $in: partIds(order) }, status: { $in: NOT_ENDED } },
    { projection: { _id: 1 } },
  )) !== null;

const readParts = (orders: Orders, order: OrderDocument): Promise<Ended[]> =>
  orders
    .find({ _id: { $in: partIds(order) } })
    .project<Ended>({ status: 1, part: 1 })
    .toArray();

async function goOnWith(
  orders: Orders,
  order: OrderDocument,
  parts: Ended[],
  finish?: FinishJoin,
): Promise<boolean> {
  const { _id, pause } = order;
  const inOrder = parts.toSorted((one, other) => numberOf(one.part?.index) - numberOf(other.part?.index));
  const causes = inOrder.map(({ part }) => part?.lastSpan).filter((span) => span !== undefined);
  const changes = {
    ...goOnAfter(causes),
    'pause.failedParts': { $literal: failedOf(order, parts) },
    ...finish?.(order, lastOf(parts)),
  };
  // Match only the pause that was read: a pause that began since then hasn't been checked.
  const { modifiedCount } = await orders.updateOne({ _id, status: 'waiting', 'pause.since': pause!.since }, [
    { $set: changes },
  ]);
  return modifiedCount === 1;
}

/** Returns the ids of the parts that aren't fulfilled. A deleted part counts as failed, too. */
function failedOf(order: OrderDocument, parts: Ended[]): string[] {
  const fulfilled = new Set(parts.filter(({ status }) => status === 'fulfilled').map(({ _id }) => _id));
  return partIds(order).filter((id) => !fulfilled.has(id));
}

const lastOf = (parts: Ended[]): DocumentContext | undefined =>
  parts.toSorted((one, other) => numberOf(one.part?.endedAt ?? 0) - numberOf(other.part?.endedAt ?? 0)).at(-1)
    ?.part?.lastSpan;
