import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { runTimes, type RunTimes } from '@beyond-headers/contracts';
import { parseJson } from '@beyond-headers/service-kit/json';
import { LAUNCHED_AT_ANNOTATION } from '../job-manifest.ts';
import { exactly, toTheSecond, type Moment } from './moment.ts';
import { createdAt, finishedAt, instant, startedAt, terminationMessage } from './pod-facts.ts';

const SECOND_MS = 1_000;

/** When it came to be: at the launch, unless Kubernetes made it more than a second later (another try, an admitted Job, a CronJob's run). */
export function begunAt(object: V1Pod | V1Job): Moment {
  const created = createdAt(object);
  const launched = instant(object.metadata?.annotations?.[LAUNCHED_AT_ANNOTATION]);
  const isOfLaunch = launched && created.getTime() - launched.getTime() < SECOND_MS;
  return isOfLaunch ? exactly(launched) : toTheSecond(created);
}

/** When its container started, by the job's own note or to the second; undefined when it did not. */
export function containerStart(pod: V1Pod): Moment | undefined {
  const started = startedAt(pod);
  const noted = notedTimes(pod)?.startedAt;
  return noted ? exactly(new Date(noted)) : started && toTheSecond(started);
}

/** When its container ended, by the job's own note or to the second; undefined when that is unknown. */
export function containerEnd(pod: V1Pod): Moment | undefined {
  const finished = finishedAt(pod);
  const noted = notedTimes(pod)?.endedAt;
  return noted ? exactly(new Date(noted)) : finished && toTheSecond(finished);
}

/**
 * What the job noted of itself. An image may write there what it likes, so it counts only where Kubernetes' own seconds agree; the
 * container runtime looks at its clock a little after the process began.
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
