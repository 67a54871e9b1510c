import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import type { OrderDocument } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import type { Collection } from 'mongodb';

const MAX_KEY_LENGTH = 200;
const indexed = new WeakMap<Collection<OrderDocument>, Promise<unknown>>();

/**
 * Returns the caller's key for this request, so that a retry after a lost response creates no second order.
 * Source: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  // A quoted string as the draft says, or bare, as most callers send it.
  const key = header.match(/^"(.*)"$/)?.[1] ?? header;
  if (/^[\x21-\x7e]+$/.test(key) && key.length <= MAX_KEY_LENGTH) return key;
  throw new HttpProblem(
    400,
    `Idempotency-Key is not valid: expected 1 to ${MAX_KEY_LENGTH} visible ASCII characters, such as a UUID.`,
  );
}

/** Creates the unique index, without which a key could be used twice. It must exist before the first order with a key. */
export async function ensureIdempotencyIndex(orders: Collection<OrderDocument>): Promise<void> {
  // Without the request's span: this is done once for all requests.
  const creation = indexed.get(orders) ?? context.with(ROOT_CONTEXT, () => createIndex(orders));
  indexed.set(orders, creation);
  try {
    await creation;
  } catch (error) {
    indexed.delete(orders);
    throw error;
  }
}

function createIndex(orders: Collection<OrderDocument>): Promise<string> {
  // Partial: orders without a key are not in it and cost nothing.
  const partialFilterExpression = { idempotencyKey: { $exists: true } };
  return orders.createIndex({ idempotencyKey: 1 }, { unique: true, partialFilterExpression });
}

/** @param what the earlier use of the key, such as `another order` */
export const otherRequest = (what: string): HttpProblem =>
  new HttpProblem(422, `This Idempotency-Key was already used for ${what}. Use a new key for a new request.`);
