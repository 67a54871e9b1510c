import type { Request } from 'express';
import { notServed } from '../validation/causes.ts';
import { badRequest, invalid } from './api-error.ts';

/** Returns a query parameter as text. If it is repeated, returns the first value. */
export function text(req: Request, name: string): string | undefined {
  const given: unknown = req.query[name];
  const value: unknown = Array.isArray(given) ? given[0] : given;
  return typeof value === 'string' ? value : undefined;
}

/** @throws {ApiError} 400 when the parameter has a value that is not an integer. */
export function integer(req: Request, name: string): number | undefined {
  const given = text(req, name);
  if (given === undefined || given === '') return undefined;
  if (!/^-?\d{1,15}$/.test(given)) throw badRequest(`strconv.ParseInt: parsing "${given}": invalid syntax`);
  return Number(given);
}

/** Reports whether a flag is set. As in Kubernetes, it is set unless it is missing, empty, `0`, `f`, or `false`. */
export function flag(req: Request, name: string): boolean {
  const given = text(req, name);
  return given !== undefined && !['', '0', 'false', 'False', 'FALSE', 'f', 'F'].includes(given);
}

/** @throws {ApiError} 422 when one of the named options is given. Kubernetes serves these options, and this stand-in doesn't. */
export function refuseOptions(kind: string, given: object, names: readonly string[]): void {
  const causes = names.flatMap((name) => (Reflect.get(given, name) ? notServed(name) : []));
  if (causes.length > 0) throw invalid({ kind, group: 'meta.k8s.io' }, '', causes);
}
