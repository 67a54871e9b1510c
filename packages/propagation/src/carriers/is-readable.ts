/** Says whether a carrier can hold properties: what is read from a database or a request may be anything. */
export function isReadable(carrier: unknown): carrier is object {
  return typeof carrier === 'object' && carrier !== null;
}
