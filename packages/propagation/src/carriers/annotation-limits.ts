import { byteLength } from '../byte-length.ts';
import { MAX_FIELD_NAME_BYTES } from '../limits.ts';
import { leaveOut } from '../report-once.ts';

/**
 * The maximum size of all annotations of a Kubernetes object, keys and values together. `annotationsCarrier` leaves out a field
 * that would exceed it, because the API server would refuse the object.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export const MAX_ANNOTATIONS_BYTES = 262_144;

/** Reports whether a name can follow the prefix of a key, and warns if it can't. */
export function isAnnotationName(name: string): boolean {
  if (name.length <= MAX_FIELD_NAME_BYTES && /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/.test(name)) return true;
  return leaveOut(
    JSON.stringify(name),
    `it can't be the name of an annotation. Expected at most ${MAX_FIELD_NAME_BYTES} characters, with a letter or a digit at both ends.`,
  );
}

/** Reports whether annotations have room for one more, and warns if they don't. */
export function fitsAnnotations(annotations: object, key: string, value: string): boolean {
  const others: object = annotations instanceof Map ? Object.fromEntries(annotations) : annotations;
  const texts = Object.entries({ ...others, [key]: value })
    .flat()
    .map(String);
  // UTF-8 takes at most three bytes for each UTF-16 code unit.
  if (3 * texts.reduce((sum, { length }) => sum + length, 0) <= MAX_ANNOTATIONS_BYTES) return true;
  const bytes = texts.reduce((sum, text) => sum + byteLength(text), 0);
  if (bytes <= MAX_ANNOTATIONS_BYTES) return true;
  return leaveOut(
    key,
    `got ${bytes} bytes of annotations with it. Expected at most ${MAX_ANNOTATIONS_BYTES}.`,
  );
}
