import {
  attemptRecord,
  isoDate,
  storedContext,
  type AttemptRecord,
  type DeadLetter,
  type OrderDocument,
} from '@beyond-headers/contracts';
import { idToText } from './dead-letter-id.ts';

/** A dead letter as the outside sees it. It may be a document of any shape: that is how some came to be dead letters. */
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

/** Empty for what is not a record of an attempt. */
const toRecord = (record: AttemptRecord): DeadLetter['history'][number] | [] =>
  attemptRecord.safeParse({ ...record, at: isoDate(record?.at) }).data ?? [];

const listOf = <T>(value: readonly T[] | undefined): readonly T[] => (Array.isArray(value) ? value : []);
