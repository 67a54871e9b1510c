import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { createSecret } from '@beyond-headers/local-cluster/create-secret';
import { PROBES } from '@beyond-headers/service-kit/service';
import { LASTING } from '../../../services/services.ts';
import { images } from './images.ts';
import { localUrls } from './ports.ts';
import type { ProcessDefinition, SystemContext } from './process-definition.ts';
import { JOB_SECRET, serviceProcess } from './service-process.ts';

/** Returns the processes of the local system except mongod: the stand-ins and all services. */
export function localProcesses(system: SystemContext): ProcessDefinition[] {
  const { ports, kubeconfig } = system;
  const urls = localUrls(ports);
  return [
    {
      name: 'trace-store',
      // The store limits its spans, but not its garbage. With this option, V8 collects garbage earlier.
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
      // Pods write to mongod and send spans to the trace store until they have stopped. No pod runs before the first order.
      uses: ['mongod', 'trace-store'],
      awaits: [],
    },
    ...Object.values(LASTING).map((service) => serviceProcess(service, system)),
  ];
}
