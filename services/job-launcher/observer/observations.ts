import { SpanKind, SpanStatusCode, type Attributes } from '@opentelemetry/api';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { ATTR, SPAN } from '@beyond-headers/contracts';
import type { DerivedEvent, DerivedSpan } from '@beyond-headers/telemetry';
import { LAUNCHED_AT_ANNOTATION, ORDER_ID_LABEL } from '../job-manifest.ts';
import { placeInTrace } from './place-in-trace.ts';
import type { Outcome } from './outcome.ts';
import {
  acceptedAt,
  createdAt,
  instant,
  jobNameOf,
  jobUidOf,
  podLabel,
  podUid,
  scheduledAt,
  startedAt,
} from './pod-facts.ts';

/** One try of a Job: its number from 1, and the pod. */
export interface Attempt {
  number: number;
  pod: V1Pod;
}

/** From the creation of the pod to the start of its container, or to its end when it never started. */
export function waitPodSpan({ number, pod }: Attempt, outcome: Outcome | undefined): DerivedSpan | undefined {
  const end = startedAt(pod) ?? outcome?.endedAt;
  if (!end) return undefined;
  const start = startOfWait(pod);
  const failed = startedAt(pod) ? undefined : outcome;
  return {
    ...basics(SPAN.waitPod, podUid(pod), pod),
    ...interval(start, end),
    attributes: { ...podAttributes(pod, number), ...failure(failed) },
    events: [
      event('scheduled', scheduledAt(pod), start),
      event('accepted by the kubelet', acceptedAt(pod), start),
    ].flat(),
    ...errorStatus(failed),
  };
}

/** From the start of the container to its end. */
export function observedSpan({ number, pod }: Attempt, outcome: Outcome): DerivedSpan {
  return {
    ...basics(SPAN.observeReportJob, podUid(pod), pod),
    ...interval(outcome.startedAt ?? outcome.endedAt, endOfSecond(outcome.endedAt)),
    attributes: { ...podAttributes(pod, number), ...outcomeAttributes(outcome) },
    events: [],
    ...errorStatus(outcome),
  };
}

/** The end of a Job that never had a pod: nothing else would tell of it. */
export function observedJobSpan(job: V1Job, outcome: Outcome): DerivedSpan {
  const name = job.metadata?.name ?? '';
  return {
    ...basics(SPAN.observeReportJob, job.metadata?.uid ?? '', job),
    ...interval(startOfWait(job), endOfSecond(outcome.endedAt)),
    attributes: {
      ...commonAttributes(job),
      [ATTR.k8sJobName]: name,
      [ATTR.k8sJobUid]: job.metadata?.uid ?? '',
      ...outcomeAttributes(outcome),
    },
    events: [],
    ...errorStatus(outcome),
  };
}

function basics(name: string, uid: string, object: V1Pod | V1Job) {
  return { key: `${uid}/${name}`, name, kind: SpanKind.INTERNAL, ...placeInTrace(uid, object) };
}

/**
 * Kubernetes cuts its timestamps to whole seconds, so a pod seems to be made before it was asked for. Where the launcher's
 * own note is of that same second it is the better one.
 */
function startOfWait(object: V1Pod | V1Job): Date {
  const created = createdAt(object);
  const launched = instant(object.metadata?.annotations?.[LAUNCHED_AT_ANNOTATION]);
  const lateBy = launched ? launched.getTime() - created.getTime() : -1;
  return launched && lateBy >= 0 && lateBy < 1_000 ? launched : created;
}

/** For the same reason an end lies anywhere in its second, and may seem to lie before its start. */
function interval(startTime: Date, end: Date) {
  return { startTime, endTime: end < startTime ? startTime : end };
}

/** The end of the second that a timestamp of Kubernetes names: what it saw was over by then. */
const endOfSecond = (time: Date): Date => new Date(Math.floor(time.getTime() / 1_000) * 1_000 + 999);

function event(name: string, time: Date | undefined, notBefore: Date): DerivedEvent[] {
  return time ? [{ name, time: time < notBefore ? notBefore : time }] : [];
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
