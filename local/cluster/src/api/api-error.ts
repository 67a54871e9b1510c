import type { Resource } from './resources.ts';

/** One reason why an object is invalid, as it shows in the `details.causes` of a Status. */
export interface Cause {
  reason: string;
  message: string;
  field?: string;
}

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

/** `jobs.batch` or `pods`: how messages name a resource. */
function qualified({ plural, group }: Resource): string {
  return group ? `${plural}.${group}` : plural;
}

export function notFound(resource: Resource, name: string): ApiError {
  const message = `${qualified(resource)} "${name}" not found`;
  return new ApiError(404, 'NotFound', message, target(resource, name));
}

export function alreadyExists(resource: Resource, name: string): ApiError {
  const message = `${qualified(resource)} "${name}" already exists`;
  return new ApiError(409, 'AlreadyExists', message, target(resource, name));
}

export function conflict({ kind, group }: Resource, name: string, why: string): ApiError {
  const shown = group ? `${kind}.${group}` : kind;
  const message = `Operation cannot be fulfilled on ${shown} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', message, { name, ...(group ? { group } : {}), kind });
}

export function forbidden(resource: Resource, name: string, why: string): ApiError {
  return new ApiError(
    403,
    'Forbidden',
    `${qualified(resource)} "${name}" is forbidden: ${why}`,
    target(resource, name),
  );
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function unknownResource(): ApiError {
  return new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

/** 422 with every cause; one is shown bare, several in brackets, and a cause that repeats is shown once. */
export function invalid(
  { kind, group }: { kind: string; group?: string },
  name: string,
  causes: Cause[],
): ApiError {
  const shown = [...new Set(causes.map(({ field, message }) => `${field ?? ''}: ${message}`))];
  const list = shown.length === 1 ? shown[0] : `[${shown.join(', ')}]`;
  const qualifiedKind = group ? `${kind}.${group}` : kind;
  return new ApiError(422, 'Invalid', `${qualifiedKind} "${name}" is invalid: ${list ?? ''}`, {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    kind,
    causes,
  });
}

function target({ plural, group }: Resource, name: string): StatusDetails {
  return { name, ...(group ? { group } : {}), kind: plural };
}
