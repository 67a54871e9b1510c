import type { Cause } from '../validation/causes.ts';
import type { Resource, Verb } from './resources.ts';

export interface StatusDetails {
  name?: string | undefined;
  group?: string | undefined;
  kind?: string;
  uid?: string;
  causes?: Cause[];
  retryAfterSeconds?: number;
}

/** An answer other than success: rendered as a `Status` object, as the Kubernetes API server does. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;

  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  toStatus(): object {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

/** `jobs.batch` or `pods`: how messages name a resource, and `Job.batch` or `Pod` for a kind. */
function qualified(name: string, group = ''): string {
  return group ? `${name}.${group}` : name;
}

function target({ plural, group }: Resource, name: string): StatusDetails {
  return { name, ...(group ? { group } : {}), kind: plural };
}

export function notFound(resource: Resource, name: string): ApiError {
  const message = `${qualified(resource.plural, resource.group)} "${name}" not found`;
  return new ApiError(404, 'NotFound', message, target(resource, name));
}

export function alreadyExists(resource: Resource, name: string): ApiError {
  const message = `${qualified(resource.plural, resource.group)} "${name}" already exists`;
  return new ApiError(409, 'AlreadyExists', message, target(resource, name));
}

export function conflict({ kind, group }: Resource, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualified(kind, group)} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', message, { name, ...(group ? { group } : {}), kind });
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function unknownResource(path: string): ApiError {
  const message = `the server could not find the requested resource: this stand-in for Kubernetes does not serve ${path}`;
  return new ApiError(404, 'NotFound', message, {});
}

/** 405 that says what can be done instead. */
export function methodNotAllowed(what: string, plural: string, served: readonly Verb[]): ApiError {
  const message = `this stand-in for Kubernetes does not serve ${what} of ${plural}; it serves: ${served.join(', ')}`;
  return new ApiError(405, 'MethodNotAllowed', message, {});
}

/** 415: the body is in a format that is not read here. */
export function unsupportedMediaType(accepted: readonly string[], hint: string): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}. ${hint}`;
  return new ApiError(415, 'UnsupportedMediaType', message);
}

/** 422 with every cause; one is shown bare, several in brackets, and a cause that repeats is shown once. */
export function invalid(
  { kind, group }: { kind: string; group?: string },
  name: string,
  causes: Cause[],
): ApiError {
  const shown = [...new Set(causes.map(({ field, message }) => `${field ?? ''}: ${message}`))];
  const list = shown.length === 1 ? shown[0] : `[${shown.join(', ')}]`;
  return new ApiError(422, 'Invalid', `${qualified(kind, group)} "${name}" is invalid: ${list ?? ''}`, {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    kind,
    causes,
  });
}
