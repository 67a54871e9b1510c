import { TraceFlags, type SpanContext } from '@opentelemetry/api';
import type { Container, ContainerStatus, Pod } from './objects.ts';

/** Matches the reasons of a waiting container that can't start by itself. */
const NO_START =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|CreateContainer\w*Error|RunContainerError|CrashLoopBackOff)$/;
const ANNOTATION = 'tracing.k8s.io/traceparent';
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

/**
 * Returns the reasons why a trace is incomplete, one a line, as far as the cluster shows them. The context may be unknown or not
 * sampled, or may not have reached a container. Or a container can't start, was killed, or has no endpoint for its spans.
 */
export function whyIncomplete(carried: SpanContext | undefined, pods: readonly Pod[]): string[] {
  if (!carried) return whyUnknown(pods);
  return [
    ...((carried.traceFlags & TraceFlags.SAMPLED) === 0
      ? ['The trace is not sampled: its traceparent ends in -00, so no process records it.']
      : []),
    ...(pods.length === 0 ? ['It has no pod: none was made yet, or they have been deleted.'] : []),
    ...pods.flatMap(ofPod),
  ];
}

function whyUnknown(pods: readonly Pod[]): string[] {
  const unread = pods.flatMap(unreadContexts);
  return unread.length > 0
    ? unread
    : ['Nothing is carried: no annotation tracing.k8s.io/traceparent, and no TRACEPARENT in its containers.'];
}

/** Returns the contexts of a pod that the plug-in can't read: those whose value is elsewhere, and those that are malformed. */
function unreadContexts({ metadata: { name, annotations = {} }, spec }: Pod): string[] {
  const annotation = annotations[ANNOTATION];
  return [
    ...(annotation ? [malformed(`pod ${name}, annotation ${ANNOTATION}`, annotation)] : []),
    ...spec.containers.flatMap((one) => unreadVariable(`pod ${name}, container ${one.name}`, one)),
  ];
}

function unreadVariable(where: string, { env = [], envFrom = [] }: Container): string[] {
  const { value, valueFrom } = env.findLast(({ name }) => name === 'TRACEPARENT') ?? {};
  if (value) return [malformed(`${where}, TRACEPARENT`, value)];
  if (valueFrom || envFrom.length > 0) {
    const source = valueFrom ? Object.keys(valueFrom)[0] : 'envFrom';
    return [
      `${where} can get TRACEPARENT through ${source}, and the value is not visible here. ` +
        'While it runs, print it: kubectl exec POD -c CONTAINER -- printenv TRACEPARENT',
    ];
  }
  return [];
}

const malformed = (where: string, value: string): string =>
  `${where} is not a traceparent: got ${JSON.stringify(value)}. Expected 00-TRACE_ID-SPAN_ID-01.`;

function ofPod({ metadata, spec, status }: Pod): string[] {
  const at = `pod ${metadata.name}`;
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return [
    ...(scheduled?.status === 'False'
      ? [`${at} is not scheduled: ${scheduled.message ?? scheduled.reason}`]
      : []),
    ...statuses.flatMap((one) => ofStatus(at, one)),
    ...spec.containers.flatMap((one) => ofContainer(at, one)),
  ];
}

function ofStatus(at: string, { name, state, lastState }: ContainerStatus): string[] {
  const { waiting } = state ?? {};
  const ended = state?.terminated ?? lastState?.terminated;
  const where = `${at}, container ${name}`;
  return [
    ...(waiting?.reason && NO_START.test(waiting.reason)
      ? [`${where} does not start: ${waiting.reason}${waiting.message ? `: ${waiting.message}` : ''}`]
      : []),
    ...(ended?.reason === 'OOMKilled'
      ? [`${where} was killed: OOMKilled. Spans that it had not sent are lost; raise its memory limit.`]
      : ended && ended.exitCode !== 0
        ? [`${where} ended with ${ended.exitCode}${ended.reason ? ` (${ended.reason})` : ''}.`]
        : []),
  ];
}

function ofContainer(at: string, { name, env = [], envFrom = [] }: Container): string[] {
  const names = new Set(env.map((variable) => variable.name));
  const where = `${at}, container ${name}`;
  return [
    ...(names.has('TRACEPARENT')
      ? []
      : [`${where} got no context: is the policy or the webhook there, and its namespace labeled?`]),
    // Variables from a ConfigMap or a Secret are not visible here.
    ...(ENDPOINTS.some((one) => names.has(one)) || envFrom.length > 0
      ? []
      : [`${where} has no endpoint: OTEL_EXPORTER_OTLP_ENDPOINT is not set.`]),
  ];
}
