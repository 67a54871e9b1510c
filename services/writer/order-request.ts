import { isDeepStrictEqual } from 'node:util';
import { placeOrder, type OrderDocument, type PlaceOrder } from '@beyond-headers/contracts';

type Asked = Pick<OrderDocument, keyof PlaceOrder>;

/** What a caller decides about an order: all that the schema of a request has, so that a new field is forgotten nowhere. */
export const REQUEST_FIELDS = Object.keys(placeOrder.shape) as Array<keyof PlaceOrder>;

/** The part of a document that its request decides. */
export function fromRequest(body: PlaceOrder): Asked {
  return { ...body, report: body.report ?? false };
}

export function isSameRequest(one: Asked, other: Asked): boolean {
  return REQUEST_FIELDS.every((field) => isDeepStrictEqual(one[field], other[field]));
}
