import type { Request } from 'express';
import { ApiError, badRequest } from './api-error.ts';
import { integer, refuseOptions, text } from './query.ts';

/**
 * Returns the resource version from which a list or a watch starts, or 0 for any version. Accepts a limit, because kubectl requests pages
 * of 500, but lists are always complete.
 *
 * @throws {ApiError} 422 for options that are not served, 400 for a limit or a version that is not a number.
 */
export function listVersion(req: Request): number {
  integer(req, 'limit');
  refuseOptions('ListOptions', req.query, ['resourceVersionMatch', 'sendInitialEvents', 'continue']);
  return parseVersion(text(req, 'resourceVersion'));
}

/** @throws {ApiError} 400 for text that is not a resource version. */
export function parseVersion(given = ''): number {
  if (/^\d{0,15}$/.test(given)) return Number(given);
  const why = `strconv.ParseUint: parsing "${given}": invalid syntax`;
  throw badRequest(`invalid resource version: resourceVersion: Invalid value: "${given}": ${why}`);
}

/** @throws {ApiError} 504 when this cluster has not reached that version. */
export function checkReached(version: number, current: number): void {
  if (version <= current) return;
  const message = `Timeout: Too large resource version: ${version}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  throw new ApiError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}
