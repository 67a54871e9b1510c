import { randomInt, randomUUID } from 'node:crypto';
import type { KubeObject, ObjectMeta } from './objects.ts';

// The alphabet of Kubernetes' generated names. It has no vowels and no digits that look like vowels, so that names contain no words.
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const MAX_GENERATED_BASE = 58;

/** Returns five random characters, as the API server appends them to `generateName`. */
export function randomSuffix(): string {
  return Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Returns a name from `generateName`, which is cut so that the result fits into a label (63 characters). */
export function generatedName(base: string): string {
  return base.slice(0, MAX_GENERATED_BASE) + randomSuffix();
}

/** Formats a time, by default the current one, as Kubernetes does: RFC 3339 with whole seconds. */
export function timestamp(atMs: number = Date.now()): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Returns an object with changed metadata. */
export function withMetadata<T extends KubeObject>(object: T, change: Partial<ObjectMeta>): T {
  return { ...object, metadata: { ...object.metadata, ...change } };
}

/** Returns the metadata that every new object has. */
export function newMetadata(name: string, namespace?: string) {
  return { name, namespace, uid: randomUUID(), resourceVersion: '', creationTimestamp: timestamp() };
}
