import type { V1EnvVar, V1Job, V1PodSpec } from '@kubernetes/client-node';

export interface ReportJobSettings {
  namespace: string;
  image: string;
  mongodbUri?: string | undefined;
  mongodbSecret?: string | undefined;
  mongodbDatabase: string;
  otlpEndpoint: string;
  backoffLimit: number;
  deadlineSeconds: number;
  ttlSeconds: number;
}

/** Label by which the Jobs of a trace are found: `kubectl get jobs -l trace-id=<32 hex digits>`. */
export const TRACE_ID_LABEL = 'trace-id';
export const ORDER_ID_LABEL = 'order-id';

/** One order, one name: a second create of the same order meets the first Job, as 409. */
export const reportJobName = (orderId: string) => `report-${orderId}`;

/** The Job for one order, without any context: that is injected afterwards, into the environment of its containers. */
export function reportJobManifest(orderId: string, settings: ReportJobSettings): V1Job {
  const labels = { 'app.kubernetes.io/name': 'report-job', [ORDER_ID_LABEL]: orderId };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: reportJobName(orderId), namespace: settings.namespace, labels },
    spec: {
      backoffLimit: settings.backoffLimit,
      activeDeadlineSeconds: settings.deadlineSeconds,
      ttlSecondsAfterFinished: settings.ttlSeconds,
      template: { metadata: { labels }, spec: podSpec(orderId, settings) },
    },
  };
}

/** Admitted under Pod Security `restricted`: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
function podSpec(orderId: string, settings: ReportJobSettings): V1PodSpec {
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 10,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'report-job',
        image: settings.image,
        imagePullPolicy: 'IfNotPresent',
        env: environment(orderId, settings),
        resources: { requests: { cpu: '50m', memory: '96Mi' }, limits: { cpu: '1', memory: '256Mi' } },
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
    { name: 'OTEL_SERVICE_NAME', value: 'report-job' },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: settings.otlpEndpoint },
    mongodbUri(settings),
    { name: 'MONGODB_DATABASE', value: settings.mongodbDatabase },
    { name: 'ORDER_ID', value: orderId },
  ];
}

const fromField = (name: string, fieldPath: string): V1EnvVar => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

function mongodbUri({ mongodbSecret, mongodbUri }: ReportJobSettings): V1EnvVar {
  return mongodbSecret
    ? { name: 'MONGODB_URI', valueFrom: { secretKeyRef: { name: mongodbSecret, key: 'uri' } } }
    : { name: 'MONGODB_URI', value: mongodbUri ?? '' };
}
