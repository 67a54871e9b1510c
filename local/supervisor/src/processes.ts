import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { createSecret } from '@beyond-headers/local-cluster/create-secret';
import { PROBES } from '@beyond-headers/service-kit/service';
import { LASTING } from '../../../services/services.ts';
import { images } from './images.ts';
import { localUrls } from './ports.ts';
import type { ProcessDefinition, SystemContext } from './process-definition.ts';
import { JOB_SECRET, serviceProcess } from './service-process.ts';

/** The processes of the local system beside mongod: the stand-ins, and every service. */
export function localProcesses(system: SystemContext): ProcessDefinition[] {
  const { ports, kubeconfig } = system;
  const urls = localUrls(ports);
  return [
    {
      name: 'trace-store',
      // The store is bounded in spans; this bounds what the collector of garbage leaves lying about.
      args: ['--max-old-space-size=256', 'src/main.ts'],
      cwd: join(ROOT, 'local/trace-store'),
      env: { TRACES_PORT: String(ports.traces), OTLP_HTTP_PORT: String(ports.otlp) },
      readyUrl: urls.traces + PROBES.readiness,
      uses: [],
    },
    {
      name: 'cluster',
      args: ['src/main.ts'],
      cwd: join(ROOT, 'local/cluster'),
      env: {
        CLUSTER_PORT: String(ports.cluster),
        CLUSTER_KUBECONFIG: kubeconfig,
        CLUSTER_IMAGES: JSON.stringify(images()),
      },
      readyUrl: urls.cluster + PROBES.readiness,
      onReady: () => createSecret(urls.cluster, { ...JOB_SECRET, data: { uri: system.mongodbUri } }),
      // Its pods write to the one and report to the other until they have stopped. None runs before an order is there.
      uses: ['mongod', 'trace-store'],
      awaits: [],
    },
    ...Object.values(LASTING).map((service) => serviceProcess(service, system)),
  ];
}
