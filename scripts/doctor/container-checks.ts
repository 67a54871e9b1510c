import type { ContainerFact, Facts } from './facts.ts';
import { type Finding, hint } from './finding.ts';

/** Exit codes after a stop. 137 means that the container didn't stop in time, and was killed. */
const STOPPED = [0, 137, 143];

/** Reports why containers failed, because `docker compose up` names the container at which it gave up, but not the reason. */
export function containers({ containers }: Facts): Finding[] {
  return containers.flatMap((container) => {
    const what = failureOf(container);
    if (!what) return [];
    const { name } = container;
    return [hint(`The container ${name} ${what}.`, `Read its log: docker logs --tail 50 ${name}`)];
  });
}

function failureOf({ state, exitCode, restarts, health }: ContainerFact): string | undefined {
  if (state === 'exited') return STOPPED.includes(exitCode) ? undefined : `ended with exit code ${exitCode}`;
  if (health === 'healthy' || state === 'created') return undefined;
  if (restarts > 0) return `ends each time that it is started (${restarts} times again)`;
  return health === 'unhealthy' ? 'runs and is unhealthy' : undefined;
}
