import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../validation/decode.ts';
import { ApiError, badRequest } from './api-error.ts';

interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

/** Applies a JSON patch (RFC 6902): `add`, `replace`, `remove` and `test` on members of objects, which is what Jobs need. */
export function applyJsonPatch(target: object, patch: unknown): Record<string, unknown> {
  if (!Array.isArray(patch)) throw badRequest('error decoding patch: expected a list of operations');
  const result = structuredClone(target) as Record<string, unknown>;
  for (const operation of patch as unknown[]) apply(result, operation);
  return result;
}

function apply(result: Record<string, unknown>, operation: unknown): void {
  if (!isOperation(operation)) throw badRequest('error decoding patch: an operation needs op and path');
  const { op, path, value } = operation;
  const parts = path.split('/').slice(1).map(unescape);
  const key = parts.pop() ?? '';
  const parent = parts.reduce<unknown>(
    (object, part) => (isObject(object) ? own(object, part) : undefined),
    result,
  );
  if (!isObject(parent)) throw cannotApply(`"${path}" does not exist`);
  if (op === 'add' || (op === 'replace' && Object.hasOwn(parent, key))) parent[key] = value;
  else if (op === 'remove' && Object.hasOwn(parent, key)) delete parent[key];
  else if (op !== 'test' || !isDeepStrictEqual(own(parent, key), value))
    throw cannotApply(`${op} of "${path}" is not possible`);
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && typeof value['op'] === 'string' && typeof value['path'] === 'string';
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function unescape(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function cannotApply(why: string): ApiError {
  return new ApiError(
    422,
    'Invalid',
    `the server rejected our request due to an error in our request: ${why}`,
    {},
  );
}
