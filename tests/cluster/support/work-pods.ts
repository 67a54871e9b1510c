import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { podOf } from '../../conformance/admission/pod-cases.ts';
import type { Plain } from '../../conformance/kubernetes/support/manifests.ts';
import type { AdmissionNamespaces } from './admission-namespaces.ts';
import { urlAt } from './url-at.ts';

/** A program that doesn't extract a context itself. With STAYS after it, it keeps running, as a server does. */
const WORK = `
  const { trace } = require('@opentelemetry/api');
  const span = trace.getTracer('work').startSpan('work');
  span.end();
  console.log(span.spanContext().traceId);
`;
export const STAYS = 'setInterval(() => {}, 1_000);';

/** Runs examples/python-job with a longer export timeout: on a busy machine, its default of 2 s loses spans. */
const PATIENT_JOB = 'import job, tracing; tracing.EXPORT_TIMEOUT_SECONDS = 30; job.main()';

/** Prints the environment of a process without an SDK. */
export const PRINT = 'console.log(JSON.stringify(process.env));';

const RESTRICTED = podOf({ annotations: {} });

/** Returns a pod spec for `restricted` with a program that has the preload, one without an SDK, and Python's if PYTHON_JOB_IMAGE is set. */
export function specOf(namespaces: AdmissionNamespaces, more = ''): Plain<V1PodSpec> {
  const python = process.env['PYTHON_JOB_IMAGE'];
  const preload = ['node', '--import', '@beyond-headers/telemetry/register', '-e', WORK + more];
  return {
    ...RESTRICTED.spec,
    terminationGracePeriodSeconds: 1,
    initContainers: [],
    containers: [
      { ...containerOf('preload', namespaces, ''), command: preload },
      containerOf('without-sdk', namespaces, PRINT + more),
      ...(python
        ? [
            {
              ...containerOf('python', namespaces, ''),
              image: python,
              command: ['python', '-c', PATIENT_JOB, 'two', 'words'],
            },
          ]
        : []),
    ],
  };
}

export function containerOf(
  name: string,
  { optedIn, otlpUrl }: AdmissionNamespaces,
  program: string,
): Plain<V1Container> {
  return {
    securityContext: RESTRICTED.spec.containers[0]!.securityContext!,
    name,
    image: process.env['REPORT_JOB_IMAGE'] ?? '',
    imagePullPolicy: 'Never',
    command: ['node', '-e', program],
    env: [
      { name: 'SECRET', value: 's3cret' },
      { name: 'OTEL_SERVICE_NAME', value: name },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: urlAt(optedIn.hostAddress, otlpUrl) },
      // Long enough to lose no span on a busy machine.
      { name: 'TELEMETRY_FLUSH_BUDGET_MS', value: '30000' },
      { name: 'OTEL_EXPORTER_OTLP_TIMEOUT', value: '30000' },
    ],
  };
}

export function jobManifest(name: string, namespaces: AdmissionNamespaces) {
  const template = { spec: specOf(namespaces) };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template } };
}
