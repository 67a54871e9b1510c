import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceProcess } from '../../../cluster/support/processes.ts';
import { launch, storeOrder, type ClusterSystem } from '../../../cluster/support/system.ts';
import { until } from '../../../support/until.ts';

const DEADLINE_MS = 60 * 60_000;
/** Long, because frequent polling of the API server would change what is measured. */
const LOOK_EVERY_MS = 1_000;
const LAUNCHES_AT_ONCE = 10;

/** Launches report Jobs, with at most `wave` unfinished at a time. Returns their trace ids after the last Job has succeeded. */
export async function launchInWaves(
  system: ClusterSystem,
  launcher: ServiceProcess,
  { jobs, wave, progress }: { jobs: number; wave: number; progress?: (launched: number) => unknown },
): Promise<string[]> {
  const traceIds: string[] = [];
  const places = async () => wave - (await unfinished(system));
  while (traceIds.length < jobs) {
    const free = await until(places, (count) => count > 0, { what: 'a free place', deadlineMs: DEADLINE_MS });
    for (let left = Math.min(free, jobs - traceIds.length); left > 0; left -= LAUNCHES_AT_ONCE) {
      const launches = Array.from({ length: Math.min(left, LAUNCHES_AT_ONCE) }, () =>
        launchOne(system, launcher),
      );
      traceIds.push(...(await Promise.all(launches)));
    }
    await progress?.(traceIds.length);
  }
  await until(places, (count) => count === wave, { what: 'the end of the Jobs', deadlineMs: DEADLINE_MS });
  return traceIds;
}

async function launchOne(system: ClusterSystem, launcher: ServiceProcess): Promise<string> {
  const { traceId } = await launch(launcher, await storeOrder(system, crypto.randomUUID()));
  return traceId;
}

async function unfinished({ namespace }: ClusterSystem): Promise<number> {
  await delay(LOOK_EVERY_MS);
  const fieldSelector = 'status.successful=0';
  const { items } = await namespace.batch.listNamespacedJob({ namespace: namespace.name, fieldSelector });
  return items.length;
}
