import {
  attemptRecord,
  isoDate,
  storedContext,
  type AttemptRecord,
  type DeadLetter,
  type OrderDocument,
} from '@beyond-headers/contracts';
import { idToText } from './dead-letter-id.ts';

/** Converts an order to the dead letter in the API. The document may have any shape, which is why some orders failed. */
export function toDeadLetter(order: OrderDocument): DeadLetter {
  const { _id, customer, attempts, availableAt, traceIds, history, error, context } = order;
  const failedAt = isoDate(availableAt);
  const { data: carrier } = storedContext.safeParse(context);
  return {
    orderId: idToText(_id),
    customer: typeof customer === 'string' ? customer : '',
    attempts: Number.isInteger(attempts) ? attempts : 0,
    ...(failedAt && { failedAt }),
    traceIds: listOf(traceIds).filter((id) => typeof id === 'string'),
    history: listOf(history).flatMap(toRecord),
    ...(typeof error === 'string' && { error }),
    ...(carrier && { context: carrier }),
  };
}

/** Returns an empty list if the value isn't a record of an attempt. */
const toRecord = (record: AttemptRecord): DeadLetter['history'][number] | [] =>
  attemptRecord.safeParse({ ...record, at: isoDate(record?.at) }).data ?? [];

const listOf = <T>(value: readonly T[] | undefined): readonly T[] => (Array.isArray(value) ? value : []);
