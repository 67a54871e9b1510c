import type { Request } from 'express';
import { isObject } from '../validation/decode.ts';
import { ApiError, badRequest } from './api-error.ts';

export const MAX_BODY_BYTES = 3 * 1024 * 1024;

const ACCEPTED = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/** The body as it came, read by the raw body parser; empty when there is none. */
export function rawBody(req: Request): string {
  const body: unknown = req.body;
  return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}

/**
 * The manifest in a request's body.
 *
 * @throws {ApiError} 415 for another content type than JSON, 400 for what is no JSON object.
 */
export function manifestOf(req: Request, kind: string): Record<string, unknown> {
  const type = (req.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  if (!['', 'application/json'].includes(type)) {
    const message = `the body of the request was in an unknown format - accepted media types include: ${ACCEPTED}`;
    throw new ApiError(415, 'UnsupportedMediaType', message);
  }
  const body = parse(rawBody(req), kind);
  if (body === null) return {};
  if (isObject(body)) return body;
  throw unrecognized(
    kind,
    `json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into an object`,
  );
}

function parse(text: string, kind: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why =
      text === ''
        ? 'unexpected end of JSON input (<empty>)'
        : error instanceof Error
          ? error.message
          : String(error);
    throw unrecognized(kind, why);
  }
}

function unrecognized(kind: string, why: string): ApiError {
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why}`,
  );
}
