import { guardRequests } from '@beyond-headers/service-kit/guard';
import { ApiError } from './api-error.ts';

/** There is no password here and a Job is a command on this machine, so any page that its user opens could run one. */
export const guard = (allowedHosts: readonly string[] = []) =>
  guardRequests(allowedHosts, ({ status, detail }) =>
    status === 403
      ? new ApiError(status, 'Forbidden', `the request is forbidden: ${detail}`)
      : new ApiError(status, 'BadRequest', detail),
  );
