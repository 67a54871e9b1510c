import type { V1EnvVar } from '@kubernetes/client-node';

/** Settings of the SDK in the pod. Kubernetes replaces `$(NAME)` only with a variable that is earlier in the list. */
export function telemetryOf(name: string): V1EnvVar[] {
  const endpoint = process.env['POD_OTLP_ENDPOINT'] ?? process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return [
    { name: 'OTEL_SERVICE_NAME', value: name },
    ...(endpoint ? [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: endpoint }] : []),
    fromField('K8S_POD_NAME', 'metadata.name'),
    fromField('K8S_JOB_NAME', "metadata.labels['batch.kubernetes.io/job-name']"),
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'k8s.pod.name=$(K8S_POD_NAME),k8s.job.name=$(K8S_JOB_NAME)' },
  ];
}

const fromField = (name: string, fieldPath: string): V1EnvVar => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});
