import type { Request } from 'express';
import { ApiError, badRequest } from './api-error.ts';
import { integer, refuseOptions, text } from './query.ts';

/**
 * The version that a list or a watch goes from; 0 when any will do. A limit is accepted for kubectl's sake, which asks for pages of
 * 500: a list is given whole.
 *
 * @throws {ApiError} 422 for options that are not served, 400 for text that is not a version.
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

/** @throws {ApiError} 504 when this cluster has not come to that version. */
export function checkReached(version: number, current: number): void {
  if (version <= current) return;
  const message = `Timeout: Too large resource version: ${version}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  throw new ApiError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}
