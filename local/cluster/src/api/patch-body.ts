import type { Request } from 'express';
import { applyPatch, type Operation } from 'rfc6902';
import { z } from 'zod';
import type { KubeObject } from '../objects.ts';
import { isObject } from '../validation/decode.ts';
import { ApiError, badRequest, unsupportedMediaType } from './api-error.ts';
import { contentType, jsonBody } from './body.ts';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
const HINT = 'This stand-in does not serve server-side apply: leave `--server-side` out';

type Patched = Record<string, unknown>;

const operations = z.array(z.looseObject({ op: z.string(), path: z.string() }));

/**
 * Returns a function that applies the request's patch to an object. The function throws 400 or 422 if it can't apply the patch.
 *
 * @throws {ApiError} 415 for another kind of patch, 400 for a malformed body.
 */
export function patchOf(req: Request): (current: KubeObject) => Patched {
  const type = contentType(req);
  if (![JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH].includes(type))
    throw unsupportedMediaType([JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH], HINT);
  const patch = jsonBody(req, 'error decoding patch');
  if (type === JSON_PATCH) return (current) => jsonPatched(current, patch);
  if (!isObject(patch)) throw badRequest('error decoding patch: expected a JSON object');
  return (current) => merged(current, patch, type === STRATEGIC_PATCH) as Patched;
}

/** Applies a JSON patch (RFC 6902) to `current`, which it modifies. */
function jsonPatched(current: KubeObject, patch: unknown): Patched {
  const given = operations.safeParse(patch);
  if (!given.success) throw badRequest(`error decoding patch: ${z.prettifyError(given.error)}`);
  const failed = applyPatch(current, given.data as unknown as Operation[]).find((error) => error !== null);
  if (!failed) return { ...current };
  const why = `${failed.name}: ${failed.message}`;
  const message = `the server rejected our request due to an error in our request: ${why}`;
  throw new ApiError(422, 'Invalid', message, {});
}

/** Applies a merge patch (RFC 7386). A strategic patch merges lists by the names of their items, if all items have names. */
function merged(target: unknown, patch: unknown, strategic: boolean): unknown {
  if (strategic && isNamedList(target) && isNamedList(patch)) return mergedByName(target, patch);
  if (!isObject(patch)) return patch;
  const result: Patched = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (strategic && key.startsWith('$')) checkDirective(key);
    else if (value === null) delete result[key];
    else result[key] = merged(result[key], value, strategic);
  }
  return result;
}

type Named = { name: string }[];

function mergedByName(target: Named, patch: Named): unknown[] {
  const kept = target.map((item) => {
    const change = patch.find(({ name }) => name === item.name);
    return change ? merged(item, change, true) : item;
  });
  return [...kept, ...patch.filter(({ name }) => !target.some((item) => item.name === name))];
}

function isNamedList(value: unknown): value is Named {
  return Array.isArray(value) && value.every((item) => isObject(item) && typeof item['name'] === 'string');
}

/** Ignores `$setElementOrder` and `$retainKeys`: merged lists keep their order, and objects their keys. Refuses other directives, because without them a patch would mean something else. */
function checkDirective(key: string): void {
  if (/^\$(setElementOrder|retainKeys)(\/|$)/.test(key)) return;
  throw badRequest(
    `this stand-in for Kubernetes does not serve ${key} in a patch; use a JSON patch (\`--type=json\`)`,
  );
}
