import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { runTimes, type RunTimes } from '@beyond-headers/contracts';
import { parseJson } from '@beyond-headers/service-kit/json';
import { LAUNCHED_AT_ANNOTATION } from '../job-manifest.ts';
import { exactly, SECOND_MS, toTheSecond, type Moment } from './moment.ts';
import { createdAt, finishedAt, instant, startedAt, terminationMessage } from './pod-facts.ts';

/** Returns the time of the launch, or of the creation if that was a second later or more (a retry, an admitted Job, a CronJob's run). */
export function begunAt(object: V1Pod | V1Job): Moment {
  const created = createdAt(object);
  const launched = instant(object.metadata?.annotations?.[LAUNCHED_AT_ANNOTATION]);
  const isOfLaunch = launched && created.getTime() - launched.getTime() < SECOND_MS;
  return isOfLaunch ? exactly(launched) : toTheSecond(created);
}

/** Returns when the container started, as the job recorded it or to the second; undefined if it didn't start. */
export const containerStart = (pod: V1Pod): Moment | undefined =>
  recordedOr(startedAt(pod), notedTimes(pod)?.startedAt);

/** Returns when the container ended, as the job recorded it or to the second; undefined if that is unknown. */
export const containerEnd = (pod: V1Pod): Moment | undefined =>
  recordedOr(finishedAt(pod), notedTimes(pod)?.endedAt);

const recordedOr = (seen: Date | undefined, noted: string | undefined): Moment | undefined =>
  noted ? exactly(new Date(noted)) : seen && toTheSecond(seen);

/**
 * Returns the times that the job recorded. An image can write anything there, so they count only if they lie within Kubernetes' own times,
 * with a tolerance of a second. The container runtime records the start a little after the process begins.
 */
function notedTimes(pod: V1Pod): RunTimes | undefined {
  const [started, finished] = [startedAt(pod), finishedAt(pod)];
  const noted = runTimes.safeParse(parseJson(terminationMessage(pod) ?? '')).data;
  if (!noted || !started || !finished) return undefined;
  const begin = Date.parse(noted.startedAt);
  const end = Date.parse(noted.endedAt ?? noted.startedAt);
  const isWithin =
    begin > started.getTime() - SECOND_MS && begin <= end && end < finished.getTime() + SECOND_MS;
  return isWithin ? noted : undefined;
}
