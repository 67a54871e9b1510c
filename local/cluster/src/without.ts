/** A copy of an object that lacks some of its members. */
export function without<T extends object>(object: T, ...names: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name as keyof T))) as T;
}
