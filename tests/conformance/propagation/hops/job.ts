import type { V1Job, V1Container } from '@kubernetes/client-node';
import {
  extractFromEnvironment,
  v1EnvVarCarrier,
  type ProcessEnvironment,
  type V1EnvVarLike,
} from '@beyond-headers/propagation';
import { environmentName } from './child-process.ts';
import { openCluster } from './cluster.ts';
import { asText, combine, type Opening } from './hop.ts';

const CONTAINERS_PER_JOB = 16;

// Run by the container, whose log is then the environment that the kubelet gave it.
const PRINT_ENVIRONMENT = 'console.log(JSON.stringify(process.env))';

/** A hop over the environment of a Job's containers, which the kubelet expands and a real process reads. */
export const opening: Opening<V1EnvVarLike[]> = {
  name: 'Job environment',
  async open() {
    const { node, image, run, close } = await openCluster();
    const containerFor = (env: V1EnvVarLike[], index: number): V1Container => ({
      name: `case-${index}`,
      image,
      command: [node, '-e', PRINT_ENVIRONMENT],
      // The secret comes first, so that a reference to it in a value that follows would be expanded.
      env: [{ name: 'SECRET', value: 'leaked' }, ...env],
    });
    return {
      carrier: v1EnvVarCarrier,
      create: () => [],
      write(env, lines) {
        for (const [field, value] of combine(lines))
          env.push({ name: environmentName(field), value: asText(value).replaceAll('$', '$$$$') });
      },
      writeMiscased: (env, value) => void env.push({ name: 'traceparent', value }),
      async carry(carriers) {
        const containers = carriers.map(containerFor);
        const arrived: ProcessEnvironment[] = [];
        for (let start = 0; start < containers.length; start += CONTAINERS_PER_JOB) {
          const logs = await run(jobOf(containers.slice(start, start + CONTAINERS_PER_JOB)));
          arrived.push(...logs.map((log) => JSON.parse(log) as ProcessEnvironment));
        }
        return arrived.map((env) => () => extractFromEnvironment(env));
      },
      close,
    };
  },
};

function jobOf(containers: V1Container[]): V1Job {
  const template = { spec: { restartPolicy: 'Never', containers } };
  return { metadata: { generateName: 'conformance-' }, spec: { backoffLimit: 0, template } };
}
