import type { ServiceDescription } from '@beyond-headers/service-kit/service';
import type { z } from 'zod';
import { loadConfig } from '../../../docker/load/config.ts';
import { mongoInitConfig } from '../../../docker/mongo/config.ts';
import { clusterConfig } from '../../../local/cluster/src/config.ts';
import { PORTS } from '../../../local/supervisor/src/ports.ts';
import { startConfig } from '../../../local/supervisor/src/variables.ts';
import { traceStoreConfig } from '../../../local/trace-store/src/config.ts';
import { IN_CLUSTER } from '../../../services/all-services.ts';
import { JOBS, LASTING } from '../../../services/services.ts';
import { read } from '../../project-files.ts';
import { exported } from '../exported.ts';
import { rowsOfSchema, type Row } from './row.ts';

/** What each service does, for readers who look up one of its variables. */
const WHAT: Record<keyof typeof LASTING | keyof typeof JOBS | keyof typeof IN_CLUSTER, string> = {
  playground: "The demo's web page, on which you place orders and see their traces.",
  writer: 'The public endpoint of the demo. It stores orders in MongoDB.',
  poller:
    'The service that claims orders (takes them from the queue in MongoDB), and processes them. One try to process an order is an attempt.',
  jobLauncher: 'The service that creates a Kubernetes Job for a report.',
  reportJob: 'The program that runs in the pod of a report Job, and writes the report.',
  contextWebhook:
    'An admission webhook, which the API server of Kubernetes calls for new Jobs and pods. If the annotations of a new Job or pod hold a trace context, the webhook copies this context into the environment of the containers. Use the webhook for Jobs that programs other than the job-launcher create.',
};

/** A process, and the file that declares its variables. A test fails if a `config.ts` is missing from the list. */
export interface ConfiguredProcess {
  name: string;
  what: string;
  file: string;
  schema: z.ZodObject;
}

export const PROCESSES: readonly ConfiguredProcess[] = [
  ...(await Promise.all(Object.entries({ ...LASTING, ...JOBS, ...IN_CLUSTER }).map(configured))),
  {
    name: 'trace-store',
    what: 'The store for traces that `npm start` runs in place of Jaeger.',
    file: 'local/trace-store/src/config.ts',
    schema: traceStoreConfig,
  },
  {
    name: 'cluster',
    what: 'The program that `npm start` runs in place of Kubernetes. It runs the containers of Jobs as processes on your machine.',
    file: 'local/cluster/src/config.ts',
    schema: clusterConfig,
  },
  {
    name: 'load',
    what: 'The container that places orders at an even rate, with docker compose or in Kubernetes.',
    file: 'docker/load/config.ts',
    schema: loadConfig,
  },
  {
    name: 'mongo-init',
    what: 'The container that sets up MongoDB: the replica set, and a user for each service. With docker compose, it ends when it is done. In Kubernetes, it is a sidecar: it keeps running in the pod of mongod.',
    file: 'docker/mongo/config.ts',
    schema: mongoInitConfig,
  },
];

/** Loads `xConfig` from a service's `config.ts`. */
async function configured([key, { name }]: [string, ServiceDescription]): Promise<ConfiguredProcess> {
  const file = `services/${name}/config.ts`;
  const schema = await exported<z.ZodObject>(file, `${key}Config`);
  if (!schema) throw new Error(`${file} doesn't exist: it should declare the variables of ${name}.`);
  return { name, what: WHAT[key as keyof typeof WHAT], file, schema };
}

/** Returns the variables that `npm start` reads: each port, and the settings that replace a part of the system. */
export function startRows(): Row[] {
  const ports = Object.values(PORTS).map(({ variable, fallback, what }) => ({
    name: variable,
    description: `The port of ${what}.`,
    default: `\`${fallback}\``,
    allowed: '0 to 65535, where 0 means a free port',
  }));
  return [...ports, ...rowsOfSchema(startConfig)];
}

/** Returns the variables that `.env` sets for docker compose, each with the comment above it. */
export function composeRows(): Row[] {
  const paragraphs = read('.env').split('\n\n');
  return paragraphs.flatMap((paragraph) => {
    let comment = '';
    return paragraph.split('\n').flatMap((line, index, lines) => {
      if (line.startsWith('#')) {
        const goesOn = lines[index - 1]?.startsWith('#') ?? false;
        comment = goesOn ? `${comment} ${line.slice(1).trim()}` : line.slice(1).trim();
      }
      const [, name, value] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
      if (!name) return [];
      // Renovate updates image tags only in `.env`, so the page doesn't repeat them.
      const shown = name.endsWith('_IMAGE') ? 'in `.env`' : value ? `\`${value}\`` : 'empty';
      return [{ name, description: comment, default: shown, allowed: '' }];
    });
  });
}
