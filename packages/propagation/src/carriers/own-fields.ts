/** Anything that holds fields: a plain object, a `Map`, `Headers`, an instance of a class, a document of Mongoose. */
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
 * Gives a field's value, whatever holds it, or `undefined`. Never one that a prototype lends to every object, and no query
 * operator, so that neither a polluted prototype nor `{ $gt: '' }` is taken for context.
 */
export function readField(carrier: unknown, name: string): unknown {
  if (typeof carrier !== 'object' || carrier === null) return undefined;
  if (isMapLike(carrier)) return carrier.get(name) ?? undefined;
  // Most fields are absent, and looking for an own property costs more than looking for any.
  const value = (carrier as Fields)[name];
  return value !== undefined && (Object.hasOwn(carrier, name) || isComputed(carrier, name))
    ? value
    : undefined;
}

/** Gives a field's value when it is text. */
export function readText(carrier: unknown, name: string): string | undefined {
  const value = readField(carrier, name);
  return typeof value === 'string' ? value : undefined;
}

/** Gives the names of all fields. */
export function fieldNames(carrier: unknown): string[] {
  if (typeof carrier !== 'object' || carrier === null) return [];
  return isMapLike(carrier)
    ? [...carrier.keys()].filter((key) => typeof key === 'string')
    : Object.keys(carrier);
}

/** Writes a field in the way that its holder understands. */
export function writeField(carrier: object, name: string, value: string): void {
  if (isMapLike(carrier)) carrier.set(name, value);
  else (carrier as Fields)[name] = value;
}

/** Takes a field out. */
export function removeField(carrier: object, name: string): void {
  if (isMapLike(carrier)) carrier.delete(name);
  else if (isDeletable(carrier, name)) delete (carrier as Fields)[name];
  // Of an accessor, own or of the class, only the value can go: what it stands for is kept elsewhere.
  else if (readField(carrier, name) !== undefined) (carrier as Fields)[name] = undefined;
}

/**
 * Takes a field out under each name that differs only in case. A client such as `fetch` would send both values, joined by a comma.
 */
export function removeInAnyCase(carrier: object, field: string): void {
  const lowerCase = field.toLowerCase();
  for (const name of fieldNames(carrier))
    if (name.length === field.length && name.toLowerCase() === lowerCase) removeField(carrier, name);
  removeField(carrier, field);
}

// A sealed object keeps its fields, without a value.
function isDeletable(carrier: object, name: string): boolean {
  const property = Object.getOwnPropertyDescriptor(carrier, name);
  return property?.writable === true && property.configurable === true;
}

/** Says whether an object holds nothing, without a list of what it holds. */
export function holdsNothing(carrier: object): boolean {
  // Anything else than a plain object may hold what the loop does not see. Asking for its prototype would cost as much as the loop.
  if (carrier.constructor !== Object) return false;
  for (const _ in carrier) return false;
  return true;
}

/** Says whether an object is read and written by methods, as a `Map` is. */
export function isMapLike(carrier: object): carrier is MapLike {
  const map = carrier as Partial<MapLike>;
  return typeof map.get === 'function' && typeof map.set === 'function' && typeof map.keys === 'function';
}

/**
 * True for an accessor of a class, as Mongoose's sub-documents have them, and for what a Proxy makes up. An inherited value and
 * anything on the last prototype, which all objects share, is not the carrier's own.
 */
function isComputed(carrier: object, name: string): boolean {
  for (let holder = prototypeOf(carrier); holder; holder = prototypeOf(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property) return property.get !== undefined && prototypeOf(holder) !== null;
  }
  return true;
}

const prototypeOf = (object: object): object | null => Object.getPrototypeOf(object) as object | null;
