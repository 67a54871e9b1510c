import { warnOnce } from '../report-once.ts';
import { isMongooseDocument, pathNames, readPath, removePath, writePath } from './mongoose-document.ts';

/** Any object with fields: a plain object, a `Map`, `Headers`, an instance of a class, or a Mongoose document. */
type Fields = Record<string, unknown>;

/**
 * Several carriers accept an object of this type: a `Map`, Fetch's `Headers`, or a map of Mongoose. They read and write its
 * fields with `get` and `set`.
 */
export interface MapLike {
  get(name: string): unknown;
  set(name: string, value: string): unknown;
  delete(name: string): unknown;
  keys(): Iterable<unknown>;
}

/**
 * Returns the value of a field, or `undefined`. Ignores inherited values, except those of accessors, so that a polluted prototype
 * can't supply a context.
 */
export function readField(carrier: unknown, name: string): unknown {
  if (typeof carrier !== 'object' || carrier === null || Array.isArray(carrier)) return nothingIn(carrier);
  if (isMapLike(carrier)) return carrier.get(name) ?? undefined;
  if (isMongooseDocument(carrier)) return readPath(carrier, name);
  // Most fields are absent, and a plain read is cheaper than `hasOwn`.
  const value = (carrier as Fields)[name];
  return value !== undefined && (Object.hasOwn(carrier, name) || isComputed(carrier, name))
    ? value
    : undefined;
}

/** Returns the value of a field. If there is none, returns the value of a field whose name differs only in case. */
export function readInAnyCase(carrier: unknown, field: string): unknown {
  const value = readField(carrier, field);
  if (value !== undefined) return value;
  const name = fieldNames(carrier).find((other) => differsInCase(other, field));
  return name === undefined ? undefined : readField(carrier, name);
}

/** Returns the value of a field if it is text, so that a query operator such as `{ $gt: '' }` never becomes a context. */
export function readText(carrier: unknown, name: string): string | undefined {
  const value = readField(carrier, name);
  return typeof value === 'string' ? value : undefined;
}

/** Returns the names of all fields. */
export function fieldNames(carrier: unknown): string[] {
  if (typeof carrier !== 'object' || carrier === null) return [];
  if (isMapLike(carrier)) return [...carrier.keys()].filter((key) => typeof key === 'string');
  return isMongooseDocument(carrier) ? pathNames(carrier) : Object.keys(carrier);
}

/** Writes a field, through `set` if the carrier has this method. */
export function writeField(carrier: object, name: string, value: string): void {
  if (Array.isArray(carrier)) warnOnce(`Wrote no context: got a list. ${EXPECTED_FIELDS}`);
  else if (isMapLike(carrier)) carrier.set(name, value);
  else if (isMongooseDocument(carrier)) writePath(carrier, name, value);
  else (carrier as Fields)[name] = value;
}

/** Removes a field. A list has none, and `writeField` warns of it. */
export function removeField(carrier: object, name: string): void {
  if (Array.isArray(carrier)) return;
  if (isMapLike(carrier)) carrier.delete(name);
  else if (isMongooseDocument(carrier)) removePath(carrier, name);
  else if (isDeletable(carrier, name)) delete (carrier as Fields)[name];
  // An accessor stores its value elsewhere, so only the value can be removed.
  else if (readField(carrier, name) !== undefined) (carrier as Fields)[name] = undefined;
}

/**
 * Removes a field under every name that differs only in case. Otherwise, a client such as `fetch` would send both values, joined
 * by a comma.
 */
export function removeInAnyCase(carrier: object, field: string): void {
  for (const name of fieldNames(carrier)) if (differsInCase(name, field)) removeField(carrier, name);
  removeField(carrier, field);
}

function differsInCase(name: string, field: string): boolean {
  return name.length === field.length && name !== field && name.toLowerCase() === field.toLowerCase();
}

const EXPECTED_FIELDS =
  'Expected an object with fields. For a list, use kafkaHeadersCarrier, v1EnvVarCarrier, or Object.fromEntries().';

/** Warns if a carrier is text or a list, because its fields can't be found. A carrier that is absent or empty holds no context. */
function nothingIn(carrier: unknown): undefined {
  // PHP encodes an empty map as an empty list.
  if (Array.isArray(carrier) && carrier.length > 0)
    warnOnce(`Read no context: got a list. ${EXPECTED_FIELDS}`);
  else if (typeof carrier === 'string' && carrier !== '')
    warnOnce(
      'Read no context: got text. Expected an object with fields. If the text is JSON, use JSON.parse().',
    );
}

// A sealed object keeps its properties, so only their values can be removed. A read-only property can be deleted, but not changed.
function isDeletable(carrier: object, name: string): boolean {
  const property = Object.getOwnPropertyDescriptor(carrier, name);
  return property?.writable !== undefined && property.configurable === true;
}

/** Reports whether a plain object is empty, without listing its keys. Returns false for any other object. */
export function holdsNothing(carrier: object): boolean {
  // Other objects may hold fields that the loop doesn't see. Reading the prototype would cost as much as the loop.
  if (carrier.constructor !== Object) return false;
  for (const _ in carrier) return false;
  return true;
}

/** Reports whether an object is read and written through methods, as a `Map` is. */
export function isMapLike(carrier: object): carrier is MapLike {
  const map = carrier as Partial<MapLike>;
  return typeof map.get === 'function' && typeof map.set === 'function' && typeof map.keys === 'function';
}

/**
 * Reports whether a field is computed: by an accessor of a class, as in Mongoose's subdocuments, or by a Proxy. An inherited
 * value, and anything on the last prototype, which all objects share, doesn't belong to the carrier.
 */
function isComputed(carrier: object, name: string): boolean {
  for (let holder = prototypeOf(carrier); holder; holder = prototypeOf(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property) return property.get !== undefined && prototypeOf(holder) !== null;
  }
  return true;
}

const prototypeOf = (object: object): object | null => Object.getPrototypeOf(object) as object | null;
