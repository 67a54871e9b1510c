import type { Carrier } from '../carrier.ts';
import { byteLength } from '../byte-length.ts';
import { leaveOut } from '../report-once.ts';
import { fitsHeader } from './header-value.ts';
import { fieldNames, holdsNothing, readText, removeInAnyCase, writeField } from './own-fields.ts';

/**
 * `objectMetadataCarrier` reads and writes metadata of this type, such as `Metadata` of S3's `PutObject`. The keys are in lower
 * case, and the values are text.
 */
export type ObjectMetadata = Record<string, string>;

/**
 * The maximum size of all metadata of an object in S3, keys and values together. `objectMetadataCarrier` leaves out a field that
 * would exceed it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
 */
export const MAX_METADATA_BYTES = 2048;

// Clients put this prefix in front of each key, and some stores count it toward the limit.
const HEADER_PREFIX_BYTES = 'x-amz-meta-'.length;

/**
 * Carries context in the metadata of an object in S3 or a similar store, where the object's reader finds it.
 *
 * The carrier leaves out a field that doesn't fit, because the store would refuse the whole object. So add your own metadata
 * first, and then inject. If only your own system can upload objects, use `{ ...objectMetadataCarrier, isInternal: true }`. The
 * policy that you pass to `createEdgePropagator` for untrusted callers then doesn't apply to these objects.
 */
export const objectMetadataCarrier: Carrier<ObjectMetadata> = {
  nameOf: keyOf,
  set(metadata, field, value) {
    if (fitsHeader(field, value) && fitsMetadata(metadata, field, value))
      writeField(metadata, keyOf(field), value);
  },
  get: (metadata, field) => readText(metadata, keyOf(field)),
  keys: (metadata) => fieldNames(metadata).filter((key) => key === keyOf(key)),
  isEmpty: holdsNothing,
  clear(metadata, field) {
    removeInAnyCase(metadata, keyOf(field));
  },
};

function keyOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/[^a-z0-9-]/g, '-');
}

function fitsMetadata(metadata: ObjectMetadata, field: string, value: string): boolean {
  const key = keyOf(field);
  const others = fieldNames(metadata).filter((name) => name !== key);
  const bytes = others.reduce(
    (sum, name) => sum + entryBytes(name, readText(metadata, name)),
    entryBytes(key, value),
  );
  if (bytes <= MAX_METADATA_BYTES) return true;
  return leaveOut(field, `got ${bytes} bytes of metadata with it. Expected at most ${MAX_METADATA_BYTES}.`);
}

function entryBytes(key: string, value = ''): number {
  return HEADER_PREFIX_BYTES + byteLength(key + value);
}
