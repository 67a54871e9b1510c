import type { Request } from 'express';
import { forbiddenField, notSupported, type Cause } from '../validation/causes.ts';
import { ApiError, badRequest, invalid } from './api-error.ts';
import { flag, integer, text } from './query.ts';

/** From which version a list or a watch is told. */
export interface ListOptions {
  /** 0 when any will do. */
  version: number;
  /** A list of exactly that version, not of a later one. */
  exact: boolean;
  /** A watch begins with what is there. */
  initialEvents: boolean;
}

const MATCHES = ['Exact', 'NotOlderThan', ''];

/** @throws {ApiError} 422 on options that do not go together, 400 on what is no version. */
export function listOptions(req: Request): ListOptions {
  // Accepted for kubectl's sake, which asks for pages of 500: a list is given whole.
  integer(req, 'limit');
  if (text(req, 'continue'))
    throw badRequest('invalid continue token: this stand-in gives lists whole, so it gave out no token');
  const given = text(req, 'resourceVersion') ?? '';
  const match = text(req, 'resourceVersionMatch') ?? '';
  const causes = flag(req, 'watch') ? watchCauses(req, match) : listCauses(req, match, given);
  if (causes.length > 0) throw invalid({ kind: 'ListOptions', group: 'meta.k8s.io' }, '', causes);
  const version = parseVersion(given);
  return {
    version,
    exact: match === 'Exact',
    initialEvents: version === 0 || flag(req, 'sendInitialEvents'),
  };
}

/** @throws {ApiError} 504 when this cluster has not come to that version. */
export function checkReached(version: number, current: number): void {
  if (version <= current) return;
  const message = `Timeout: Too large resource version: ${version}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  throw new ApiError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}

/** @throws {ApiError} 400 on what is no resource version. */
export function parseVersion(given: string): number {
  if (/^\d{0,15}$/.test(given)) return Number(given);
  const why = `strconv.ParseUint: parsing "${given}": invalid syntax`;
  throw badRequest(`invalid resource version: resourceVersion: Invalid value: "${given}": ${why}`);
}

function listCauses(req: Request, match: string, version: string): Cause[] {
  const forbidden = [
    ...(match && !version ? ['resourceVersionMatch is forbidden unless resourceVersion is provided'] : []),
    ...(match === 'Exact' && version === '0'
      ? ['resourceVersionMatch "exact" is forbidden for resourceVersion "0"']
      : []),
  ].map((why) => forbiddenField('resourceVersionMatch', why));
  return [
    ...forbidden,
    ...(MATCHES.includes(match) ? [] : [notSupported('resourceVersionMatch', match, MATCHES)]),
    ...(text(req, 'sendInitialEvents') === undefined
      ? []
      : [forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list')]),
  ];
}

function watchCauses(req: Request, match: string): Cause[] {
  const initialEvents = text(req, 'sendInitialEvents') !== undefined;
  const field = 'resourceVersionMatch';
  const needs = `sendInitialEvents requires setting ${field} to NotOlderThan`;
  const alone = `${field} is forbidden for watch unless sendInitialEvents is provided`;
  return [
    ...(initialEvents && match !== 'NotOlderThan' ? [forbiddenField(field, needs)] : []),
    ...(match && !initialEvents ? [forbiddenField(field, alone)] : []),
    ...(match && match !== 'NotOlderThan' ? [notSupported(field, match, ['NotOlderThan'])] : []),
  ];
}
