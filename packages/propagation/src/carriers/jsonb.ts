import type { Carrier, DocumentContext } from '../carrier.ts';
import { leaveOut } from '../report-once.ts';
import { documentCarrier } from './document.ts';
import type { MapLike } from './own-fields.ts';

/**
 * Carries context in a `jsonb` column of PostgreSQL: an object that the client writes as JSON and reads back parsed.
 *
 * PostgreSQL refuses the whole row if a text in it has a NUL character or half of a surrogate pair, so such a field is left out. If
 * your client returns the column as text, parse it first.
 * Source: https://www.postgresql.org/docs/current/datatype-json.html
 */
export const jsonbCarrier: Carrier<MapLike> & Carrier<DocumentContext> = {
  ...documentCarrier,
  set(column: MapLike & DocumentContext, field: string, value: string) {
    if (fitsJsonb(field, value)) documentCarrier.set(column, field, value);
  },
};

function fitsJsonb(field: string, value: string): boolean {
  const texts = [field, value];
  if (texts.every((text) => !text.includes('\0') && text.isWellFormed())) return true;
  return leaveOut(
    JSON.stringify(field),
    'got a NUL character or half of a surrogate pair. Expected text that jsonb can store.',
  );
}
