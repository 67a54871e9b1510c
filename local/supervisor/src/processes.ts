import { join } from 'node:path';

import { createSecret } from '@beyond-headers/local-cluster/create-secret';

import type { Ports } from './ports.ts';

/** One process of the local system. */
export interface ProcessDefinition {
  name: string;
  /** Arguments for node. */
  args: string[];
  /** Working directory. */
  cwd: string;
  /** Added to the environment of the supervisor. */
  env: Record<string, string>;
  /** Answers 200 once the process can do its work. */
  readyUrl: string;
  /** Done each time it has become ready, before those that use it start. */
  onReady?: () => Promise<void>;
  /** Names of what has to be ready before this starts, and stops only after it. */
  uses: string[];
}

/** What the table of processes is made from. */
export interface SystemContext {
  ports: Ports;
  mongodbUri: string;
  mongodbDatabase: string;
  /** Path of the file that the cluster writes for kubectl and the job-launcher. */
  kubeconfig: string;
  /** Where services keep spans until they are delivered: a crash shows the span that it cut off. */
  journals: string;
}

/** Root of this project. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

const JOB_IMAGE = 'report-job:local';
const JOB_NAMESPACE = 'default';
const JOB_SECRET = 'report-job-mongodb';
const HOST = '127.0.0.1';
const PRELOAD = ['--import', '@beyond-headers/telemetry/register'];

/** The processes of the local system beside mongod. A new one is a row here and a port in `ports.ts`. */
export function localProcesses({
  ports,
  mongodbUri,
  mongodbDatabase,
  kubeconfig,
  journals,
}: SystemContext): ProcessDefinition[] {
  const urls = localUrls(ports);
  const telemetry = { OTEL_EXPORTER_OTLP_ENDPOINT: urls.otlp, TRACES_URL: urls.traces };
  const database = { MONGODB_URI: mongodbUri, MONGODB_DATABASE: mongodbDatabase };
  const service = (name: string, env: Record<string, string>) => ({
    name,
    args: [...PRELOAD, 'main.ts'],
    cwd: join(ROOT, 'services', name),
    env: { HOST, OTEL_SERVICE_NAME: name, TELEMETRY_JOURNAL_DIR: journals, ...telemetry, ...env },
  });
  return [
    {
      name: 'trace-store',
      // The store is bounded in spans; this bounds what the collector of garbage leaves lying about.
      args: ['--max-old-space-size=256', 'src/main.ts'],
      cwd: join(ROOT, 'local/trace-store'),
      env: { TRACES_PORT: String(ports.traces), OTLP_HTTP_PORT: String(ports.otlp) },
      readyUrl: `${urls.traces}/readyz`,
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
      readyUrl: `${urls.cluster}/readyz`,
      // As everywhere: the URI may hold a password, and whoever reads a Job reads its environment.
      onReady: () =>
        createSecret(urls.cluster, { namespace: JOB_NAMESPACE, name: JOB_SECRET, data: { uri: mongodbUri } }),
      // Its pods write to the one and report to the other until they have stopped.
      uses: ['mongod', 'trace-store'],
    },
    {
      ...service('job-launcher', {
        JOB_LAUNCHER_PORT: String(ports.jobLauncher),
        KUBECONFIG: kubeconfig,
        JOB_NAMESPACE,
        JOB_IMAGE,
        JOB_MONGODB_SECRET: JOB_SECRET,
        JOB_MONGODB_DATABASE: mongodbDatabase,
        JOB_OTLP_ENDPOINT: urls.otlp,
        DEMO_CONTROLS: 'on',
      }),
      readyUrl: `${urls.jobLauncher}/readyz`,
      uses: ['cluster', 'trace-store'],
    },
    {
      ...service('writer', { WRITER_PORT: String(ports.writer), DEMO_CONTROLS: 'on', ...database }),
      readyUrl: `${urls.writer}/readyz`,
      uses: ['mongod', 'trace-store'],
    },
    {
      ...service('poller', {
        POLLER_PORT: String(ports.poller),
        JOB_LAUNCHER_URL: urls.jobLauncher,
        DEMO_CONTROLS: 'on',
        ...database,
      }),
      readyUrl: `${urls.poller}/readyz`,
      uses: ['mongod', 'trace-store', 'job-launcher'],
    },
    {
      name: 'playground',
      // Without telemetry: it hands the page's own trace on and is no part of it.
      // It takes the types from the page's modules with a function of Node's that still warns.
      args: ['--disable-warning=ExperimentalWarning', 'main.ts'],
      cwd: join(ROOT, 'services/playground'),
      env: {
        HOST,
        PLAYGROUND_PORT: String(ports.playground),
        WRITER_URL: urls.writer,
        JOB_LAUNCHER_URL: urls.jobLauncher,
        ...telemetry,
      },
      readyUrl: `${urls.playground}/readyz`,
      uses: ['trace-store', 'writer', 'job-launcher'],
    },
  ];
}

/** Base URL of each port. */
export function localUrls(ports: Ports): Record<Exclude<keyof Ports, 'mongodb'>, string> {
  return {
    playground: url(ports.playground),
    writer: url(ports.writer),
    poller: url(ports.poller),
    jobLauncher: url(ports.jobLauncher),
    cluster: url(ports.cluster),
    traces: url(ports.traces),
    otlp: url(ports.otlp),
  };
}

function url(port: number): string {
  return `http://${HOST}:${port}`;
}

// The "images" of the cluster's pods: the same commands that the container images run. Those of docs/how-to have to be built first.
function images() {
  const node = [process.execPath, ...PRELOAD];
  return {
    [JOB_IMAGE]: { command: [...node, 'main.ts'], workingDir: join(ROOT, 'services/report-job') },
    'example-job:1': { command: [...node, 'job.ts'], workingDir: join(ROOT, 'examples/job-launcher') },
    'python-job:1': {
      command: [join(ROOT, '.local/python-job/bin/python'), 'job.py'],
      workingDir: join(ROOT, 'examples/python-job'),
    },
    'go-job:1': { command: [join(ROOT, '.local/go-job')], workingDir: ROOT },
  };
}
