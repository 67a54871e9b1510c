import type { Request } from 'express';
import { isObject } from '../validation/decode.ts';
import { badRequest, unsupportedMediaType } from './api-error.ts';

export const MAX_BODY_BYTES = 3 * 1024 * 1024;

const JSON_TYPE = 'application/json';
const HINT =
  'This stand-in reads JSON only: for a command that sends protobuf, run it with `--dry-run=client -o yaml` and pipe that into `kubectl create -f -`';

/** The body as it came, read by the raw body parser; empty when there is none. */
export function rawBody(req: Request): string {
  const body: unknown = req.body;
  return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}

export function contentType(req: Request): string {
  return (req.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
}

/**
 * The manifest in a request's body.
 *
 * @throws {ApiError} 415 for another content type than JSON, 400 for what is no JSON object.
 */
export function manifestOf(req: Request, kind: string): Record<string, unknown> {
  if (!['', JSON_TYPE].includes(contentType(req))) throw unsupportedMediaType([JSON_TYPE], HINT);
  const body = parse(rawBody(req), kind);
  if (body === null) return {};
  if (isObject(body)) return body;
  const type = Array.isArray(body) ? 'array' : typeof body;
  throw unrecognized(kind, `json: cannot unmarshal ${type} into an object`);
}

function parse(text: string, kind: string): unknown {
  if (text === '') throw unrecognized(kind, 'unexpected end of JSON input (<empty>)');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unrecognized(kind, String(error));
  }
}

function unrecognized(kind: string, why: string): Error {
  const expected = `the object provided is unrecognized (must be of type ${kind})`;
  return badRequest(`${expected}: couldn't get version/kind; json parse error: ${why}`);
}
