import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { V1Job, V1Container } from '@kubernetes/client-node';
import { extractFromEnvironment, v1EnvVarCarrier, type V1EnvVarLike } from '@beyond-headers/propagation';
import { environmentName } from './child-process.ts';
import { openCluster, type Cluster } from './cluster.ts';
import { asText, combine, type Hop } from './hop.ts';

const CONTAINERS_PER_JOB = 16;
const DEADLINE_MS = 120_000;

// What the container runs: it sends home the environment that the kubelet gave it.
const SEND_ENVIRONMENT = `
  const { request } = require('node:http');
  const { RESULT_URL, CASE_INDEX } = process.env;
  request(RESULT_URL + CASE_INDEX, { method: 'POST' }).end(JSON.stringify(process.env));
`;

/** The environment of a container: Job created, expanded by the kubelet, read in a real process. */
export async function openJobHop(): Promise<Hop<V1EnvVarLike[]>> {
  const cluster = await openCluster();
  const inbox = await openInbox();
  return {
    name: 'Job environment',
    carrier: v1EnvVarCarrier,
    create: () => [],
    write: (env, lines) => {
      for (const [field, value] of combine(lines)) {
        env.push({ name: environmentName(field), value: asText(value).replaceAll('$', '$$$$') });
      }
    },
    writeMiscased: (env, value) => void env.push({ name: 'traceparent', value }),
    async carry(carriers) {
      const url = `http://${cluster.hostAddress}:${inbox.port}/`;
      const containers = carriers.map((env, index) => containerFor(cluster, env, index, url));
      for (let start = 0; start < containers.length; start += CONTAINERS_PER_JOB) {
        const some = containers.slice(start, start + CONTAINERS_PER_JOB);
        await cluster.batch.createNamespacedJob({ namespace: cluster.namespace, body: jobOf(some) });
        await inbox.received(start + some.length);
      }
      const arrived = inbox.take();
      return carriers.map((_, index) => () => extractFromEnvironment(arrived.get(index) ?? missing(index)));
    },
    async close() {
      await inbox.close();
      await cluster.close();
    },
  };
}

function containerFor(cluster: Cluster, env: V1EnvVarLike[], index: number, url: string): V1Container {
  return {
    name: `case-${index}`,
    image: cluster.image,
    command: [cluster.node, '-e', SEND_ENVIRONMENT],
    // The secret comes first, so that a reference to it in a value that follows would be expanded.
    env: [
      { name: 'SECRET', value: 'leaked' },
      { name: 'RESULT_URL', value: url },
      { name: 'CASE_INDEX', value: String(index) },
      ...env,
    ],
  };
}

function jobOf(containers: V1Container[]): V1Job {
  const template = { spec: { restartPolicy: 'Never', containers } };
  return { metadata: { generateName: 'conformance-' }, spec: { backoffLimit: 0, template } };
}

function missing(index: number): never {
  throw new Error(`Failed to read case ${index}: its container sent no environment.`);
}

interface Inbox {
  port: number;
  received(count: number): Promise<void>;
  take(): Map<number, Record<string, string>>;
  close(): Promise<void>;
}

async function openInbox(): Promise<Inbox> {
  let environments = new Map<number, Record<string, string>>();
  const server = createServer((incoming, response) => {
    void (async () => {
      const body = (await incoming.toArray()).join('');
      environments.set(Number(incoming.url?.slice(1)), JSON.parse(body) as Record<string, string>);
      response.end();
      server.emit('environment');
    })();
  });
  server.listen(0);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async received(count) {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      while (environments.size < count) await once(server, 'environment', { signal });
    },
    take() {
      const taken = environments;
      environments = new Map();
      return taken;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
