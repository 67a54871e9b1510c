import type { Request } from 'express';
import { badRequest } from './api-error.ts';

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
