import { isDeepStrictEqual } from 'node:util';
import { placeOrder, type OrderDocument, type PlaceOrder } from '@beyond-headers/contracts';

/** The fields of a request that a document stores under another name. */
const STORED_AS = { availableAt: 'startsAt' } as const;

type StoredField = Exclude<keyof PlaceOrder, keyof typeof STORED_AS> | 'startsAt';
type Asked = Pick<OrderDocument, StoredField>;

/** The fields of an order that a caller sets. They come from the schema of a request, so that no new field is forgotten. */
export const REQUEST_FIELDS = Object.keys(placeOrder.shape) as Array<keyof PlaceOrder>;

export const storedAs = (field: keyof PlaceOrder): StoredField =>
  field === 'availableAt' ? STORED_AS[field] : field;

/** Returns the part of a document that its request determines. */
export function fromRequest({ availableAt, ...body }: PlaceOrder): Asked {
  const startsAt = availableAt === undefined ? undefined : new Date(availableAt);
  return { ...body, report: body.report ?? false, ...(startsAt && { startsAt }) };
}

export function isSameRequest(one: Asked, other: Asked): boolean {
  return REQUEST_FIELDS.map(storedAs).every((field) => isDeepStrictEqual(one[field], other[field]));
}
