import { trace, type Context } from '@opentelemetry/api';
import type { V1EnvVar, V1Job, V1PodSpec } from '@kubernetes/client-node';
import { annotationsCarrier, injectContext, injectIntoPodSpec } from '@beyond-headers/propagation';
import { traceIdOf } from '@beyond-headers/telemetry';
import type { ReportJobSettings } from './config.ts';

/** One launch: the context that the Job carries, and the time. */
export interface Launch {
  context: Context;
  at: Date;
}

/** Label by which the Jobs of a trace are found: `kubectl get jobs -l trace-id=<32 hex digits>`. */
export const TRACE_ID_LABEL = 'trace-id';
export const ORDER_ID_LABEL = 'order-id';
/** The time of the launch in ISO 8601 with milliseconds, because Kubernetes stores only whole seconds. */
export const LAUNCHED_AT_ANNOTATION = 'beyond-headers/launched-at';
/** Selects the Jobs that this service created, and their pods. */
export const REPORT_JOB_SELECTOR = 'app.kubernetes.io/name=report-job';

const CONTAINER = 'report-job';
/** Kubernetes' default path of a container's termination message. */
const TERMINATION_MESSAGE_PATH = '/dev/termination-log';

/** Returns the same name for the same order, so that a second create fails with 409. */
export const reportJobName = (orderId: string) => `report-${orderId}`;

/**
 * Returns the Job for one order. The environment of every container carries the context for the work. The annotations of
 * the Job and the pod carry it for people, and for the observer, which reports what happened to them.
 */
export function reportJobManifest(orderId: string, settings: ReportJobSettings, launch: Launch): V1Job {
  const labels = labelsOf(orderId, launch.context);
  const annotations = annotationsOf(launch);
  const spec = podSpec(orderId, settings);
  injectIntoPodSpec(spec, launch.context);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: reportJobName(orderId), namespace: settings.namespace, labels, annotations },
    spec: {
      backoffLimit: settings.backoffLimit,
      activeDeadlineSeconds: settings.deadlineSeconds,
      ttlSecondsAfterFinished: settings.ttlSeconds,
      template: { metadata: { labels, annotations }, spec },
    },
  };
}

function labelsOf(orderId: string, context: Context): Record<string, string> {
  const traceId = traceIdOf(trace.getSpan(context));
  return {
    'app.kubernetes.io/name': 'report-job',
    'app.kubernetes.io/managed-by': 'job-launcher',
    'app.kubernetes.io/part-of': 'beyond-headers',
    [ORDER_ID_LABEL]: orderId,
    ...(traceId && { [TRACE_ID_LABEL]: traceId }),
  };
}

function annotationsOf({ context, at }: Launch): Record<string, string> {
  return injectContext(context, { [LAUNCHED_AT_ANNOTATION]: at.toISOString() }, annotationsCarrier);
}

/** Admitted under Pod Security `restricted`: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
function podSpec(orderId: string, settings: ReportJobSettings): V1PodSpec {
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 10,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    ...(settings.serviceAccount && { serviceAccountName: settings.serviceAccount }),
    ...(settings.hostAliases?.length && { hostAliases: settings.hostAliases }),
    containers: [
      {
        name: CONTAINER,
        image: settings.image,
        imagePullPolicy: 'IfNotPresent',
        terminationMessagePath: TERMINATION_MESSAGE_PATH,
        env: environment(orderId, settings),
        resources: {
          requests: { cpu: '50m' },
          limits: { cpu: '1', memory: settings.memoryLimit },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  };
}

function environment(orderId: string, settings: ReportJobSettings): V1EnvVar[] {
  return [
    fromField('K8S_NAMESPACE', 'metadata.namespace'),
    fromField('K8S_POD_NAME', 'metadata.name'),
    fromField('K8S_POD_UID', 'metadata.uid'),
    fromField('K8S_NODE_NAME', 'spec.nodeName'),
    fromField('K8S_JOB_NAME', "metadata.labels['batch.kubernetes.io/job-name']"),
    fromField('K8S_JOB_UID', "metadata.labels['batch.kubernetes.io/controller-uid']"),
    { name: 'K8S_CONTAINER_NAME', value: CONTAINER },
    { name: 'TERMINATION_MESSAGE_PATH', value: TERMINATION_MESSAGE_PATH },
    { name: 'TELEMETRY_PROFILE', value: 'job' },
    { name: 'OTEL_SERVICE_NAME', value: 'report-job' },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: settings.otlpEndpoint },
    ...logs(settings),
    mongodbUri(settings),
    { name: 'MONGODB_DATABASE', value: settings.mongodbDatabase },
    { name: 'ORDER_ID', value: orderId },
  ];
}

const logs = ({ logsEndpoint }: ReportJobSettings): V1EnvVar[] =>
  logsEndpoint === undefined
    ? []
    : [
        { name: 'OTEL_LOGS_EXPORTER', value: 'otlp' },
        { name: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', value: logsEndpoint.replace(/\/*$/, '/v1/logs') },
      ];

const fromField = (name: string, fieldPath: string): V1EnvVar => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

function mongodbUri({ mongodbSecret, mongodbUri }: ReportJobSettings): V1EnvVar {
  return mongodbSecret
    ? { name: 'MONGODB_URI', valueFrom: { secretKeyRef: { name: mongodbSecret, key: 'uri' } } }
    : { name: 'MONGODB_URI', value: mongodbUri ?? '' };
}
