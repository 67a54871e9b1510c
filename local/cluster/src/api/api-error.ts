import type { Cause } from '../validation/causes.ts';
import type { Resource, Verb } from './resources.ts';

interface StatusDetails {
  name?: string | undefined;
  group?: string | undefined;
  kind?: string;
  causes?: Cause[];
  retryAfterSeconds?: number;
}

/** A failure that the API returns as a `Status` object, as the Kubernetes API server does. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly answer;

  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    const head = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
    this.answer = { ...head, message, reason: reason || undefined, details, code };
  }
}

/** Returns how a Status names an object (`jobs.batch "x"`, or by kind, `Job.batch "x"`), and the matching details. */
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

/** Returns a 409 for an object that has changed since the caller read it. */
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

/** Returns a 405 that lists the verbs that are served. */
export function methodNotAllowed(what: string, plural: string, served: readonly Verb[]): ApiError {
  const message = `this stand-in for Kubernetes does not serve ${what} of ${plural}; it serves: ${served.join(', ')}`;
  return new ApiError(405, 'MethodNotAllowed', message, {});
}

/** Returns a 415 for a body in a format that this stand-in doesn't read. */
export function unsupportedMediaType(accepted: readonly string[], hint: string): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}. ${hint}`;
  return new ApiError(415, 'UnsupportedMediaType', message);
}

/** Returns a 422 with all causes. The message puts several causes in brackets, and shows repeated causes once. */
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
