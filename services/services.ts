import type { LastingService, ServiceDescription } from '@beyond-headers/service-kit/service';
import { service as jobLauncher } from './job-launcher/service.ts';
import { service as playground } from './playground/service.ts';
import { service as poller } from './poller/service.ts';
import { service as reportJob } from './report-job/service.ts';
import { service as writer } from './writer/service.ts';

/** Services that run until they are stopped, in the order in which `npm start` lists them. */
export const LASTING = { playground, writer, poller, jobLauncher } satisfies Record<string, LastingService>;

/** Services that the job-launcher runs as Jobs. */
export const JOBS = { reportJob } satisfies Record<string, ServiceDescription>;

/** All services of the demo. */
export const IN_DEMO: readonly ServiceDescription[] = [...Object.values(LASTING), ...Object.values(JOBS)];

/** Returns the default port of a service. Throws if no service with a port has this name. */
export function usualPort(name: string): number {
  const service = Object.values(LASTING).find((one) => one.name === name);
  if (!service)
    throw new Error(
      `No service with a port is named ${JSON.stringify(name)}: services/services.ts lists them.`,
    );
  return service.port.number;
}
