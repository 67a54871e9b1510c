import { MAX_FIELD_BYTES } from '../limits.ts';
import { isBytes } from '../realm.ts';

// A byte order mark is part of a value, and makes it invalid.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Gives the text of a header that a client hands over as text or as bytes; of anything else, and of too many bytes, `undefined`. */
export function readHeaderText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isBytes(value) && value.byteLength <= MAX_FIELD_BYTES ? utf8.decode(value) : undefined;
}
