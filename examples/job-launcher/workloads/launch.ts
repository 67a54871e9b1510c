import { SpanKind } from '@opentelemetry/api';
import { inSpan, IMPLICIT_EXTRACTION_VARIABLE } from '@beyond-headers/propagation';
import {
  KubeConfig,
  KubernetesObjectApi,
  type KubernetesObject,
  type V1Container,
} from '@kubernetes/client-node';
import { telemetryOf } from '../after/telemetry-of.ts';
import { carryIntoResource, carryIntoServer, carryIntoWork } from './carry.ts';
import { deploymentOf, indexedJobOf, jobSetOf, podOf } from './manifests.ts';

const [kind = 'pod', image = 'example-job:1', ...args] = process.argv.slice(2);
const name = `example-${kind}`;
// Outside of a Job, the preload only extracts a context from the environment if this variable is set.
const env = [...telemetryOf(name), { name: IMPLICIT_EXTRACTION_VARIABLE, value: 'on' }];

await inSpan(`launch ${name}`, { kind: SpanKind.PRODUCER }, async (span) => {
  const config = new KubeConfig();
  config.loadFromDefault();
  const workload = carrying({ name, image, args, env });
  workload.metadata ??= {};
  workload.metadata.namespace = process.env['JOB_NAMESPACE'] ?? 'default';
  const created = await KubernetesObjectApi.makeApiClient(config).create(workload);
  console.log(`${kind}:`, created.metadata?.name);
  console.log('trace:', span.spanContext().traceId);
});

function carrying(container: V1Container): KubernetesObject {
  switch (kind) {
    case 'pod':
      return carried(podOf(container), carryIntoWork);
    case 'indexed-job':
      return carried(indexedJobOf(container), carryIntoWork);
    case 'deployment':
      return carried(deploymentOf(container), carryIntoServer);
    case 'job-set':
      return carried(jobSetOf(container), (jobSet) =>
        carryIntoResource(jobSet, 'spec.replicatedJobs.*.template'),
      );
    default:
      throw new Error(`Got ${kind}, expected pod, indexed-job, deployment or job-set.`);
  }
}

function carried<W extends KubernetesObject>(workload: W, carry: (workload: W) => void): W {
  carry(workload);
  return workload;
}
