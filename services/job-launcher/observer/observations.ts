import { SpanKind, SpanStatusCode, type Attributes } from '@opentelemetry/api';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { ATTR, SPAN } from '@beyond-headers/contracts';
import type { DerivedEvent, DerivedSpan } from '@beyond-headers/telemetry';
import { ORDER_ID_LABEL } from '../job-manifest.ts';
import { interval, isBelowResolution, toTheSecond, type Interval } from './moment.ts';
import { placeInTrace } from './place-in-trace.ts';
import type { Outcome } from './outcome.ts';
import { acceptedAt, jobNameOf, jobUidOf, podLabel, podUid, scheduledAt } from './pod-facts.ts';
import { begunAt, containerEnd, containerStart } from './pod-times.ts';

/** One try of a Job: its number from 1, and the pod. */
export interface Attempt {
  number: number;
  pod: V1Pod;
}

/**
 * From the launch, or the creation of a later pod, to the start of its container; to its end when it never started. Undefined where
 * the wait is shorter than what Kubernetes' seconds can tell.
 */
export function waitPodSpan({ number, pod }: Attempt, outcome: Outcome): DerivedSpan | undefined {
  const begun = begunAt(pod);
  const started = containerStart(pod);
  if (started && isBelowResolution(begun, started)) return undefined;
  const times = interval(begun.at, begun, started ?? toTheSecond(outcome.endedAt));
  const failed = started ? undefined : outcome;
  return {
    ...basics(SPAN.waitPod, podUid(pod), pod),
    ...times,
    attributes: { ...podAttributes(pod, number), ...times.attributes, ...failure(failed) },
    events: [
      event('scheduled', scheduledAt(pod), times),
      event('accepted by the kubelet', acceptedAt(pod), times),
    ].flat(),
    ...errorStatus(failed),
  };
}

/** From the start of the container to its end. */
export function observedSpan({ number, pod }: Attempt, outcome: Outcome): DerivedSpan {
  const ended = containerEnd(pod) ?? toTheSecond(outcome.endedAt);
  const times = interval(begunAt(pod).at, containerStart(pod) ?? ended, ended);
  return {
    ...basics(SPAN.observeReportJob, podUid(pod), pod),
    ...times,
    attributes: { ...podAttributes(pod, number), ...times.attributes, ...outcomeAttributes(outcome) },
    events: [],
    ...errorStatus(outcome),
  };
}

/** The end of a Job that never had a pod: nothing else would report it. */
export function observedJobSpan(job: V1Job, outcome: Outcome): DerivedSpan {
  const name = job.metadata?.name ?? '';
  const begun = begunAt(job);
  const times = interval(begun.at, begun, toTheSecond(outcome.endedAt));
  return {
    ...basics(SPAN.observeReportJob, job.metadata?.uid ?? '', job),
    ...times,
    attributes: {
      ...commonAttributes(job),
      [ATTR.k8sJobName]: name,
      [ATTR.k8sJobUid]: job.metadata?.uid ?? '',
      ...times.attributes,
      ...outcomeAttributes(outcome),
    },
    events: [],
    ...errorStatus(outcome),
  };
}

function basics(name: string, uid: string, object: V1Pod | V1Job) {
  return { key: `${uid}/${name}`, name, kind: SpanKind.INTERNAL, ...placeInTrace(uid, object) };
}

/** What happened within a span, whose times may be known better than the event's. */
function event(name: string, time: Date | undefined, { startTime, endTime }: Interval): DerivedEvent[] {
  if (!time) return [];
  return [{ name, time: new Date(Math.min(Math.max(+time, +startTime), +endTime)) }];
}

function podAttributes(pod: V1Pod, attempt: number): Attributes {
  const node = pod.spec?.nodeName;
  const image = pod.spec?.containers[0]?.image;
  const index = podLabel(pod, 'batch.kubernetes.io/job-completion-index');
  return {
    ...commonAttributes(pod),
    [ATTR.k8sJobName]: jobNameOf(pod),
    [ATTR.k8sJobUid]: jobUidOf(pod),
    [ATTR.k8sPodName]: pod.metadata?.name ?? '',
    [ATTR.k8sPodUid]: podUid(pod),
    ...(node && { [ATTR.k8sNodeName]: node }),
    ...(image && { [ATTR.containerImage]: image }),
    ...(index && { [ATTR.completionIndex]: Number(index) }),
    [ATTR.attempt]: attempt,
  };
}

function commonAttributes({ metadata }: V1Pod | V1Job): Attributes {
  const orderId = metadata?.labels?.[ORDER_ID_LABEL];
  return { [ATTR.k8sNamespace]: metadata?.namespace ?? '', ...(orderId && { [ATTR.orderId]: orderId }) };
}

function outcomeAttributes(outcome: Outcome): Attributes {
  return {
    [ATTR.jobReason]: outcome.reason,
    ...(outcome.exitCode !== undefined && { [ATTR.processExitCode]: outcome.exitCode }),
    ...failure(outcome),
  };
}

function failure(outcome: Outcome | undefined): Attributes {
  return outcome?.failed ? { [ATTR.errorType]: outcome.reason } : {};
}

function errorStatus(outcome: Outcome | undefined) {
  return outcome?.failed ? { status: { code: SpanStatusCode.ERROR, message: outcome.reason } } : {};
}
