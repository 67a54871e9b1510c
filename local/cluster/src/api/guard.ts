import { guardRequests } from '@beyond-headers/service-kit/guard';
import { ApiError } from './api-error.ts';

/** Refuses foreign hosts, and changes that a web page sends. Without it, any page that the user opens could run a command here as a Job. */
export const guard = (allowedHosts: readonly string[] = []) =>
  guardRequests(allowedHosts, ({ status, detail }) =>
    status === 403
      ? new ApiError(status, 'Forbidden', `the request is forbidden: ${detail}`)
      : new ApiError(status, 'BadRequest', detail),
  );
