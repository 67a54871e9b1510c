import { BSON, type Filter } from 'mongodb';
import type { OrderDocument } from '@beyond-headers/contracts';

/** Text that would be read as something else, or not be seen, is written in quotes. */
const NEEDS_QUOTES = /^(?:["{].*|true|false|null|)$|[\p{Cc}\p{Zl}\p{Zp}]/su;

/** The id of a document of any program as text; what is not text itself as MongoDB's Extended JSON: `{"$oid":"…"}`. */
export const idToText = (id: unknown): string =>
  typeof id === 'string' && !NEEDS_QUOTES.test(id) ? id : BSON.EJSON.stringify(id, { relaxed: false });

export function idFromText(text: string): unknown {
  if (!NEEDS_QUOTES.test(text)) return text;
  try {
    const id: unknown = BSON.EJSON.parse(text, { relaxed: false });
    // Throws for what only looks like a value of the driver's, such as `{"_bsontype":"ObjectId"}`.
    BSON.serialize({ id });
    return id;
  } catch {
    return text;
  }
}

/** A caller's id stays a value, whatever operator it looks like. */
export const withId = (text: string) => ({ _id: { $eq: idFromText(text) } }) as Filter<OrderDocument>;

/** For ids of a person who may do anything: a regular expression would be one. */
export const withIds = (texts: readonly string[]) =>
  ({ _id: { $in: texts.map(idFromText) } }) as Filter<OrderDocument>;

/** Documents after one, newest id first. `$lt` outside of an expression finds only ids of the same type. */
export const afterId = (text: string): Filter<OrderDocument> => ({
  $expr: { $lt: ['$_id', { $literal: idFromText(text) }] },
});
