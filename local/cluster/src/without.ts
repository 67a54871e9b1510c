/** Returns a copy of an object without the named members. */
export function without<T extends object>(object: T, ...names: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name as keyof T))) as T;
}
