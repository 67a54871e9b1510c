import type { LastingService, ServiceDescription } from '@beyond-headers/service-kit/service';
import { service as jobLauncher } from './job-launcher/service.ts';
import { service as playground } from './playground/service.ts';
import { service as poller } from './poller/service.ts';
import { service as reportJob } from './report-job/service.ts';
import { service as writer } from './writer/service.ts';

/** What runs until it is stopped, in the order in which `npm start` names it. */
export const LASTING = { playground, writer, poller, jobLauncher } satisfies Record<string, LastingService>;

/** What the job-launcher runs as a Job. */
export const JOBS = { reportJob } satisfies Record<string, ServiceDescription>;

/** What the demo consists of. */
export const IN_DEMO: readonly ServiceDescription[] = [...Object.values(LASTING), ...Object.values(JOBS)];

/** The usual port of a service by its name; throws when there is none. */
export function usualPort(name: string): number {
  const service = Object.values(LASTING).find((one) => one.name === name);
  if (!service)
    throw new Error(
      `No service with a port is named ${JSON.stringify(name)}: services/services.ts lists them.`,
    );
  return service.port.number;
}
