import type { Request } from 'express';
import { notServed } from '../validation/causes.ts';
import { badRequest, invalid } from './api-error.ts';

/** The text of a query parameter; the first when it is given several times. */
export function text(req: Request, name: string): string | undefined {
  const given: unknown = req.query[name];
  const value: unknown = Array.isArray(given) ? given[0] : given;
  return typeof value === 'string' ? value : undefined;
}

/** @throws {ApiError} 400 when the parameter is there and no whole number. */
export function integer(req: Request, name: string): number | undefined {
  const given = text(req, name);
  if (given === undefined || given === '') return undefined;
  if (!/^-?\d{1,15}$/.test(given)) throw badRequest(`strconv.ParseInt: parsing "${given}": invalid syntax`);
  return Number(given);
}

/** Absent, empty, `0` and `false` are false; everything else is true, as in Kubernetes. */
export function flag(req: Request, name: string): boolean {
  const given = text(req, name);
  return given !== undefined && !['', '0', 'false', 'False', 'FALSE', 'f', 'F'].includes(given);
}

/** @throws {ApiError} 422 when one of the named options is given, which Kubernetes serves and this stand-in doesn't. */
export function refuseOptions(kind: string, given: object, names: readonly string[]): void {
  const causes = names.flatMap((name) => (Reflect.get(given, name) ? notServed(name) : []));
  if (causes.length > 0) throw invalid({ kind, group: 'meta.k8s.io' }, '', causes);
}
