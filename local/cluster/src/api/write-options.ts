import type { Request, Response } from 'express';
import { notSupported } from '../validation/causes.ts';
import { decode } from '../validation/decode.ts';
import { badRequest, invalid } from './api-error.ts';
import { refuseOptions, text } from './query.ts';

const FIELD_VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'];

/**
 * Decodes a manifest as one of the API's types. Drops unknown fields, with a warning for each unless `fieldValidation` says otherwise.
 *
 * @throws {ApiError} 400 for unknown fields with `Strict`, 422 for an unknown value of `fieldValidation` or an option that is not served.
 */
export function decodeBody(kind: string, manifest: Record<string, unknown>, req: Request, res: Response) {
  refuseOptions('CreateOptions', req.query, ['dryRun']);
  const validation = text(req, 'fieldValidation') ?? '';
  if (!FIELD_VALIDATIONS.includes(validation)) {
    const cause = notSupported('fieldValidation', validation, FIELD_VALIDATIONS);
    throw invalid({ kind: 'CreateOptions', group: 'meta.k8s.io' }, '', [cause]);
  }
  const { value, unknownFields } = decode(kind, manifest);
  const warnings = unknownFields.map((field) => `unknown field "${field}"`);
  if (validation === 'Strict' && warnings.length > 0) {
    const errors = `strict decoding error: ${warnings.join(', ')}`;
    throw badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${errors}`);
  }
  const shown = validation === 'Ignore' ? [] : warnings;
  for (const warning of shown) res.append('warning', `299 - ${JSON.stringify(warning)}`);
  return value;
}
