/** The methods of a document of Mongoose that a carrier needs. A sub-document and a nested path have them, too. */
interface MongooseDocument {
  get(path: string): unknown;
  set(path: string, value: unknown, options?: { strict: boolean }): unknown;
  toObject(): object;
  markModified(path: string): void;
  /** Internal in Mongoose: the nested paths that have been read, by their paths. A document shares it with its nested paths. */
  $__?: { getters?: Record<string, unknown> };
  /** Internal in Mongoose. */
  $__isNested?: boolean;
  /** Internal in Mongoose: of a nested path, the document or the nested path that contains it. */
  $__parent?: MongooseDocument;
}

/**
 * Reports whether an object is a document of Mongoose. Its properties are only those of its schema. Mongoose neither stores nor
 * removes any other property, so such a field has to be changed through the document's methods.
 */
export function isMongooseDocument(carrier: object): carrier is MongooseDocument {
  const document = carrier as Partial<MongooseDocument>;
  return (
    typeof document.get === 'function' &&
    typeof document.set === 'function' &&
    typeof document.markModified === 'function'
  );
}

export function readPath(carrier: MongooseDocument, name: string): unknown {
  const { document, path } = locate(carrier, name);
  return document.get(path) ?? undefined;
}

/** Writes a field. Mongoose leaves it out if the document's schema doesn't have it, unless the schema isn't strict. */
export function writePath(carrier: MongooseDocument, name: string, value: string): void {
  const { document, path } = locate(carrier, name);
  document.set(path, value);
}

/** Removes a field, also one that the schema doesn't have, because another program may have stored it. */
export function removePath(carrier: MongooseDocument, name: string): void {
  const { document, path } = locate(carrier, name);
  if (readPath(document, path) !== undefined) document.set(path, undefined, { strict: false });
}

export function pathNames(document: MongooseDocument): string[] {
  return Object.keys(document.toObject());
}

/** Returns the document that contains a field, and the field's path in it. A nested path isn't a document. */
function locate(carrier: MongooseDocument, name: string): { document: MongooseDocument; path: string } {
  if (!carrier.$__isNested) return { document: carrier, path: name };
  let document = carrier;
  while (document.$__isNested && document.$__parent) document = document.$__parent;
  const own = Object.entries(carrier.$__?.getters ?? {}).find(([, nested]) => nested === carrier);
  return { document, path: own ? `${own[0]}.${name}` : name };
}
