interface Operation {
  op: string;
  path: string;
  value: unknown;
}

/** Applies the `add` operations of a JSON Patch, as the API server does. Throws if a parent is missing. Source: RFC 6902, section 4.1. */
export function applyPatch<T extends object>(object: T, operations: Operation[]): T {
  const result = structuredClone(object);
  for (const { op, path, value } of operations) {
    if (op !== 'add') throw new Error(`got the operation ${op}, expected add`);
    const keys = path.slice(1).split('/').map(unescaped);
    const last = keys.pop() ?? '';
    const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], result);
    if (typeof parent !== 'object' || parent === null) throw new Error(`nothing is at the parent of ${path}`);
    if (Array.isArray(parent) && last === '-') parent.push(value);
    else (parent as Record<string, unknown>)[last] = value;
  }
  return result;
}

const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');
