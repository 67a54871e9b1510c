import type { Cause } from '../validation/causes.ts';
import type { Resource, Verb } from './resources.ts';

interface StatusDetails {
  name?: string | undefined;
  group?: string | undefined;
  kind?: string;
  causes?: Cause[];
  retryAfterSeconds?: number;
}

/** An answer other than success: rendered as a `Status` object, as the Kubernetes API server does. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly answer;

  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    const head = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
    this.answer = { ...head, message, reason: reason || undefined, details, code };
  }
}

/** How a Status names an object: `jobs.batch "x"`, or with a kind `Job.batch "x"`, and the same as details. */
function named(kind: string, group: string | undefined, name: string) {
  const details = { name: name || undefined, group: group || undefined, kind };
  return { subject: `${group ? `${kind}.${group}` : kind} "${name}"`, details };
}

export function notFound({ plural, group }: Resource, name: string): ApiError {
  const { subject, details } = named(plural, group, name);
  return new ApiError(404, 'NotFound', `${subject} not found`, details);
}

export function alreadyExists({ plural, group }: Resource, name: string): ApiError {
  const { subject, details } = named(plural, group, name);
  return new ApiError(409, 'AlreadyExists', `${subject} already exists`, details);
}

/** An object has changed since the caller read it. */
export function stale({ kind, group }: Resource, name: string): ApiError {
  const { subject, details } = named(kind, group, name);
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${subject}: ${why}`, details);
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
  const { subject, details } = named(kind, group, name);
  return new ApiError(422, 'Invalid', `${subject} is invalid: ${list ?? ''}`, { ...details, causes });
}
