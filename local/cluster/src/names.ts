import { randomInt, randomUUID } from 'node:crypto';

// The alphabet of Kubernetes' generated names: no vowels and nothing that reads like them, so that no word comes out.
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const MAX_GENERATED_BASE = 58;

/** Five random characters as the API server appends to `generateName`. */
export function randomSuffix(): string {
  return Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A name from `generateName`, cut so that the result stays a label (63 characters). */
export function generatedName(base: string): string {
  return base.slice(0, MAX_GENERATED_BASE) + randomSuffix();
}

/** Now, as Kubernetes writes times: RFC 3339, whole seconds. */
export function timestamp(atMs: number = Date.now()): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The metadata that every new object has. */
export function newMetadata(name: string, namespace?: string) {
  return { name, namespace, uid: randomUUID(), resourceVersion: '', creationTimestamp: timestamp() };
}
