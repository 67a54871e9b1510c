import { SpanKind } from '@opentelemetry/api';
import {
  annotationsCarrier,
  injectCurrentContext,
  injectIntoPodSpec,
  inSpan,
} from '@beyond-headers/propagation';
import { BatchV1Api, KubeConfig, type V1PodSpec } from '@kubernetes/client-node';
import { telemetryOf } from './telemetry-of.ts';

const [name = 'example-job', image = `${name}:1`, ...args] = process.argv.slice(2);
const namespace = process.env['JOB_NAMESPACE'] ?? 'default';

const config = new KubeConfig();
config.loadFromDefault();
const batch = config.makeApiClient(BatchV1Api);

const metadata = { generateName: `${name}-`, annotations: {} };
const podSpec: V1PodSpec = {
  restartPolicy: 'Never',
  containers: [{ name, image, args, env: telemetryOf(name) }],
};
const spec = { backoffLimit: 2, ttlSecondsAfterFinished: 3_600, template: { spec: podSpec } };

await inSpan(`launch ${name}`, { kind: SpanKind.PRODUCER }, async (span) => {
  injectIntoPodSpec(podSpec);
  injectCurrentContext(metadata.annotations, annotationsCarrier);
  const created = await batch.createNamespacedJob({ namespace, body: { metadata, spec } });
  console.log('job:', created.metadata?.name);
  console.log('trace:', span.spanContext().traceId);
});
