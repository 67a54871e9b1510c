import { isDeepStrictEqual } from 'node:util';
import { placeOrder, type OrderDocument, type PlaceOrder } from '@beyond-headers/contracts';

/** Under which field a document has what a request says; of most it is the same. */
const STORED_AS = { availableAt: 'startsAt' } as const;

type StoredField = Exclude<keyof PlaceOrder, keyof typeof STORED_AS> | 'startsAt';
type Asked = Pick<OrderDocument, StoredField>;

/** What a caller decides about an order: all that the schema of a request has, so that a new field is forgotten nowhere. */
export const REQUEST_FIELDS = Object.keys(placeOrder.shape) as Array<keyof PlaceOrder>;

export const storedAs = (field: keyof PlaceOrder): StoredField =>
  field === 'availableAt' ? STORED_AS[field] : field;

/** The part of a document that its request decides. */
export function fromRequest({ availableAt, ...body }: PlaceOrder): Asked {
  const startsAt = availableAt === undefined ? undefined : new Date(availableAt);
  return { ...body, report: body.report ?? false, ...(startsAt && { startsAt }) };
}

export function isSameRequest(one: Asked, other: Asked): boolean {
  return REQUEST_FIELDS.map(storedAs).every((field) => isDeepStrictEqual(one[field], other[field]));
}
