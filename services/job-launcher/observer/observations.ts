import { SpanKind, SpanStatusCode, type Attributes } from '@opentelemetry/api';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { ATTR, SPAN } from '@beyond-headers/contracts';
import type { DerivedEvent, DerivedSpan } from '@beyond-headers/telemetry';
import { interval, isBelowResolution, toTheSecond, type Interval } from './moment.ts';
import { jobAttributes, outcomeAttributes, podAttributes } from './observed-attributes.ts';
import type { Outcome } from './outcome.ts';
import { acceptedAt, resumedAt, scheduledAt, suspendedAt, uidOf } from './pod-facts.ts';
import { begunAt, containerEnd, containerStart } from './pod-times.ts';

/** A span that lacks its place in a trace. */
export type Observation = Omit<DerivedSpan, 'context' | 'traceKey' | 'links'>;

/** One attempt of a Job: its number, from 1, and the pod. */
export interface Attempt {
  number: number;
  pod: V1Pod;
}

/**
 * Returns the span from the launch, or from the creation of a later pod, to the start of the container, or to the pod's end if it never
 * started. Returns undefined if the wait is shorter than the precision of its times.
 */
export function waitPodSpan({ number, pod }: Attempt, outcome: Outcome): Observation | undefined {
  const begun = begunAt(pod);
  const started = containerStart(pod);
  if (started && isBelowResolution(begun, started)) return undefined;
  const times = interval(begun.at, begun, started ?? toTheSecond(outcome.endedAt));
  return observation({
    name: SPAN.waitPod,
    subject: uidOf(pod),
    times,
    attributes: podAttributes(pod, number),
    events: [
      event('scheduled', scheduledAt(pod), times),
      event('accepted by the kubelet', acceptedAt(pod), times),
    ].flat(),
    outcome: started ? undefined : outcome,
  });
}

/** Returns the span from the start of the container to its end. */
export function observedSpan({ number, pod }: Attempt, outcome: Outcome): Observation {
  const ended = containerEnd(pod) ?? toTheSecond(outcome.endedAt);
  return observation({
    name: SPAN.observeReportJob,
    subject: uidOf(pod),
    times: interval(begunAt(pod).at, containerStart(pod) ?? ended, ended),
    attributes: { ...podAttributes(pod, number), ...outcomeAttributes(outcome) },
    outcome,
  });
}

/** Returns the span of a Job that never had a pod. Nothing else reports how such a Job ended. */
export function observedJobSpan(job: V1Job, outcome: Outcome): Observation {
  const begun = begunAt(job);
  return observation({
    name: SPAN.observeReportJob,
    subject: uidOf(job),
    times: interval(begun.at, begun, toTheSecond(outcome.endedAt)),
    attributes: { ...jobAttributes(job), ...outcomeAttributes(outcome) },
    outcome,
  });
}

/**
 * Returns the span from the suspension of a Job until a queue that admits Jobs resumes it. Compares two versions of the same Job. Returns
 * undefined if it wasn't resumed between them, or was resumed within a second.
 */
export function waitAdmissionSpan(before: V1Job, after: V1Job): Observation | undefined {
  const [from, to] = [suspendedAt(before), resumedAt(after)];
  if (!from || !to) return undefined;
  const [start, end] = [toTheSecond(from), toTheSecond(to)];
  if (isBelowResolution(start, end)) return undefined;
  return observation({
    name: SPAN.waitAdmission,
    subject: `${uidOf(after)}/${to.toISOString()}`,
    times: interval(begunAt(after).at, start, end),
    attributes: jobAttributes(after),
  });
}

interface Facts {
  name: string;
  /** Identifies what is observed. There is one span of each name for it. */
  subject: string;
  times: Interval;
  attributes: Attributes;
  events?: DerivedEvent[];
  outcome?: Outcome | undefined;
}

function observation({ name, subject, times, attributes, events = [], outcome }: Facts): Observation {
  const { startTime, endTime, attributes: precision } = times;
  return {
    key: `${subject}/${name}`,
    name,
    kind: SpanKind.INTERNAL,
    startTime,
    endTime,
    attributes: {
      ...attributes,
      ...precision,
      ...(outcome?.failed && { [ATTR.errorType]: outcome.reason }),
    },
    events,
    ...(outcome?.failed && { status: { code: SpanStatusCode.ERROR, message: outcome.reason } }),
  };
}

/** Moves the event's time into its span, because the span's times may be more precise. */
function event(name: string, time: Date | undefined, { startTime, endTime }: Interval): DerivedEvent[] {
  if (!time) return [];
  return [{ name, time: new Date(Math.min(Math.max(+time, +startTime), +endTime)) }];
}
