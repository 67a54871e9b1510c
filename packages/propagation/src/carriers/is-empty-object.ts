/** Says whether an object has no properties, without a list of them. */
export function isEmptyObject(carrier: object): boolean {
  for (const _ in carrier) return false;
  return true;
}
