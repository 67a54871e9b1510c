import { MAX_FIELD_BYTES } from '../limits.ts';
import { isBytes } from '../realm.ts';

// Keeps a byte order mark, which makes a value invalid.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Returns the text of a header that a client passes as text or bytes, or `undefined` for other types and for too many bytes. */
export function readHeaderText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isBytes(value) && value.byteLength <= MAX_FIELD_BYTES ? utf8.decode(value) : undefined;
}

/** Returns the text of a header. If the header is repeated, returns its values, joined by commas, as RFC 9110 defines. */
export function readHeader(value: unknown): string | undefined {
  if (!Array.isArray(value)) return readHeaderText(value);
  const texts = value.map(readHeaderText);
  return texts.every((text) => text !== undefined) ? texts.join(',') : undefined;
}
