import { isDeepStrictEqual } from 'node:util';
import { placeOrder, type OrderDocument, type PlaceOrder } from '@beyond-headers/contracts';

/** The part of a document that its request determines. The start is stored as `startsAt`, because `availableAt` changes. */
type Asked = Pick<OrderDocument, Exclude<keyof PlaceOrder, 'availableAt'> | 'startsAt'>;

/** The fields of a document that a caller sets. They come from the schema of a request, so that no new field is forgotten. */
export const ASKED_FIELDS = Object.keys(placeOrder.shape).map((field) =>
  field === 'availableAt' ? 'startsAt' : field,
) as Array<keyof Asked>;

export function fromRequest({ availableAt, ...body }: PlaceOrder): Asked {
  const startsAt = availableAt === undefined ? undefined : new Date(availableAt);
  return { ...body, report: body.report ?? false, ...(startsAt && { startsAt }) };
}

export const isSameRequest = (one: Asked, other: Asked): boolean =>
  ASKED_FIELDS.every((field) => isDeepStrictEqual(one[field], other[field]));
