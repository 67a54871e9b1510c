/** Enough for any handwritten command. Only documents need more. */
const MAX_ITEMS = 16;
const MAX_VALUES = 500;

/**
 * Returns the text of a MongoDB command for `db.query.text`, with every value replaced. The instrumentation's own serializer
 * writes out each byte of the documents that `insertMany` and `bulkWrite` send (driver 7.6 and later): 1.47 million characters
 * for 1,000 small ones.
 */
export function queryText(command: object): string {
  let values = 0;
  const ancestors = new WeakSet<object>();
  return JSON.stringify(command, (_key, value: unknown) => {
    if (++values > MAX_VALUES) return undefined;
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return '?';
    if (ancestors.has(value)) return '[Circular]';
    ancestors.add(value);
    return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : value;
  });
}
