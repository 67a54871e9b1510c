import type { Request } from 'express';
import { isObject } from '../validation/decode.ts';
import { badRequest, unsupportedMediaType } from './api-error.ts';

export const MAX_BODY_BYTES = 3 * 1024 * 1024;

const JSON_TYPE = 'application/json';
const HINT =
  'This stand-in reads JSON only: for a command that sends protobuf, run it with `--dry-run=client -o yaml` and pipe that into `kubectl create -f -`';

/** Returns the body that the raw body parser read, as text. Without a body, returns an empty string. */
export function rawBody(req: Request): string {
  const body: unknown = req.body;
  return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}

export function contentType(req: Request): string {
  return (req.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
}

/**
 * Returns the manifest in a request's body.
 *
 * @throws {ApiError} 415 for a content type other than JSON, 400 for a body that is not a JSON object.
 */
export function manifestOf(req: Request, kind: string): Record<string, unknown> {
  if (!['', JSON_TYPE].includes(contentType(req))) throw unsupportedMediaType([JSON_TYPE], HINT);
  const unrecognized = `the object provided is unrecognized (must be of type ${kind})`;
  const body = jsonBody(req, unrecognized) ?? {};
  if (!isObject(body))
    throw badRequest(
      `${unrecognized}: expected a JSON object, got ${Array.isArray(body) ? 'an array' : typeof body}`,
    );
  return body;
}

/** @throws {ApiError} 400 with a message that begins with `refusal`, for a body that is not JSON. */
export function jsonBody(req: Request, refusal: string): unknown {
  try {
    return JSON.parse(rawBody(req));
  } catch (error) {
    throw badRequest(`${refusal}: ${String(error)}`);
  }
}
