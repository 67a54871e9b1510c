import { BatchV1Api, KubeConfig, type V1PodSpec } from '@kubernetes/client-node';

const [name = 'example-job', image = `${name}:1`, ...args] = process.argv.slice(2);
const namespace = process.env['JOB_NAMESPACE'] ?? 'default';

const config = new KubeConfig();
config.loadFromDefault();
const batch = config.makeApiClient(BatchV1Api);

const metadata = { generateName: `${name}-` };
const podSpec: V1PodSpec = {
  restartPolicy: 'Never',
  containers: [{ name, image, args }],
};
const spec = { backoffLimit: 2, ttlSecondsAfterFinished: 3_600, template: { spec: podSpec } };

const created = await batch.createNamespacedJob({ namespace, body: { metadata, spec } });
console.log('job:', created.metadata?.name);
