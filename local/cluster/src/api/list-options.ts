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

const FIELD = 'resourceVersionMatch';

/** @throws {ApiError} 422 on options that do not go together, 400 on what is no version. */
export function listOptions(req: Request): ListOptions {
  // Accepted for kubectl's sake, which asks for pages of 500: a list is given whole.
  integer(req, 'limit');
  if (text(req, 'continue'))
    throw badRequest('invalid continue token: this stand-in gives lists whole, so it gave out no token');
  const causes = misuses(req);
  if (causes.length > 0) throw invalid({ kind: 'ListOptions', group: 'meta.k8s.io' }, '', causes);
  const version = parseVersion(text(req, 'resourceVersion'));
  const initialEvents = version === 0 || flag(req, 'sendInitialEvents');
  return { version, exact: text(req, FIELD) === 'Exact', initialEvents };
}

/** @throws {ApiError} 400 on what is no resource version. */
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

/** What does not go together, in the API server's order and words. */
function misuses(req: Request): Cause[] {
  const version = text(req, 'resourceVersion');
  const match = text(req, FIELD) ?? '';
  const initialEvents = text(req, 'sendInitialEvents') !== undefined;
  const watch = flag(req, 'watch');
  const known = watch ? ['NotOlderThan'] : ['Exact', 'NotOlderThan', ''];
  const forbidden: [boolean, string, field?: string][] = watch
    ? [
        [
          initialEvents && match !== 'NotOlderThan',
          `sendInitialEvents requires setting ${FIELD} to NotOlderThan`,
        ],
        [
          match !== '' && !initialEvents,
          `${FIELD} is forbidden for watch unless sendInitialEvents is provided`,
        ],
      ]
    : [
        [match !== '' && !version, `${FIELD} is forbidden unless resourceVersion is provided`],
        [match === 'Exact' && version === '0', `${FIELD} "exact" is forbidden for resourceVersion "0"`],
        [initialEvents, 'sendInitialEvents is forbidden for list', 'sendInitialEvents'],
      ];
  const causes = forbidden.filter(([applies]) => applies);
  return [
    ...causes.map(([, why, field = FIELD]) => forbiddenField(field, why)),
    ...(match === '' || known.includes(match) ? [] : [notSupported(FIELD, match, known)]),
  ];
}
