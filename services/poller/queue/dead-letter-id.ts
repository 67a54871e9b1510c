import { BSON, type Filter } from 'mongodb';
import type { OrderDocument } from '@beyond-headers/contracts';

/** Matches text that would be parsed as another type, or be invisible, and so needs quotes. */
const NEEDS_QUOTES = /^(?:["{].*|true|false|null|)$|[\p{Cc}\p{Zl}\p{Zp}]/su;

/** Returns the id of any program's document as text. An id that isn't text becomes MongoDB's Extended JSON: `{"$oid":"…"}`. */
export const idToText = (id: unknown): string =>
  typeof id === 'string' && !NEEDS_QUOTES.test(id) ? id : BSON.EJSON.stringify(id, { relaxed: false });

export function idFromText(text: string): unknown {
  if (!NEEDS_QUOTES.test(text)) return text;
  try {
    const id: unknown = BSON.EJSON.parse(text, { relaxed: false });
    // Throws if the value only imitates a type of the driver, such as `{"_bsontype":"ObjectId"}`.
    BSON.serialize({ id });
    return id;
  } catch {
    return text;
  }
}

/** Uses `$eq`, so that a caller's id stays a value even if it looks like an operator. */
export const withId = (text: string) => ({ _id: { $eq: idFromText(text) } }) as Filter<OrderDocument>;

/** Only for ids from a trusted person: in `$in`, a regular expression would be a pattern. */
export const withIds = (texts: readonly string[]) =>
  ({ _id: { $in: texts.map(idFromText) } }) as Filter<OrderDocument>;

/** Matches the documents after one, newest id first. Outside an expression, `$lt` matches only ids of the same type. */
export const afterId = (text: string): Filter<OrderDocument> => ({
  $expr: { $lt: ['$_id', { $literal: idFromText(text) }] },
});
