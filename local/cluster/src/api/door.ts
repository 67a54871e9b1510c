import { guardDoor } from '@beyond-headers/service-kit/door';
import { ApiError } from './api-error.ts';

/** There is no password here and a Job is a command on this machine, so any page that its user opens could run one. */
export const door = (allowedHosts: readonly string[] = []) =>
  guardDoor(allowedHosts, ({ status, detail }) =>
    status === 403
      ? new ApiError(status, 'Forbidden', `the request is forbidden: ${detail}`)
      : new ApiError(status, 'BadRequest', detail),
  );
