import type { Request, Response } from 'express';
import { notSupported } from '../validation/causes.ts';
import { badRequest, invalid } from './api-error.ts';
import { text } from './query.ts';

export interface WriteOptions {
  dryRun: boolean;
  fieldValidation: string;
}

const FIELD_VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'];

/** @throws {ApiError} 422 on a value that Kubernetes does not know. */
export function writeOptions(req: Request): WriteOptions {
  const dryRun = text(req, 'dryRun') ?? '';
  const fieldValidation = text(req, 'fieldValidation') ?? '';
  const causes = [
    ...(['', 'All'].includes(dryRun) ? [] : [notSupported('dryRun', [dryRun], ['All'])]),
    ...(FIELD_VALIDATIONS.includes(fieldValidation)
      ? []
      : [notSupported('fieldValidation', fieldValidation, FIELD_VALIDATIONS)]),
  ];
  if (causes.length > 0) throw invalid({ kind: 'CreateOptions', group: 'meta.k8s.io' }, '', causes);
  return { dryRun: dryRun === 'All', fieldValidation };
}

/**
 * Warns of fields that the API does not have, as the options ask for.
 *
 * @throws {ApiError} 400 when they ask for strictness.
 */
export function reportUnknown(
  kind: string,
  fields: string[],
  { fieldValidation }: WriteOptions,
  res: Response,
): void {
  const warnings = fields.map((field) => `unknown field "${field}"`);
  if (fieldValidation === 'Strict' && warnings.length > 0) {
    const errors = `strict decoding error: ${warnings.join(', ')}`;
    throw badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${errors}`);
  }
  if (fieldValidation !== 'Ignore') addWarnings(res, warnings);
}

export function addWarnings(res: Response, warnings: string[]): void {
  for (const warning of warnings) res.append('warning', `299 - ${JSON.stringify(warning)}`);
}
