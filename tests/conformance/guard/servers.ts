import { PROBES } from '@beyond-headers/service-kit/service';
import type { LocalSystem } from '@beyond-headers/supervisor';
import { LASTING } from '../../../services/services.ts';

/** A request to a server, and the status code of its response if the guard lets it through. */
interface Call {
  method: string;
  path: string;
  body?: string;
  status: number;
}

/** An HTTP server of the local system. */
export interface ServerUnderTest {
  name: keyof LocalSystem['urls'];
  read: Call;
  change: Call;
  /** Paths of the health checks, if any. */
  probes: string[];
  /** The content type of a refusal. */
  problem: string;
}

const ORDER = {
  customer: 'ada',
  items: [{ sku: 'lamp', quantity: 1, unitPriceCents: 1999 }],
  demo: { document: 'off' },
};
const JOB = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'from-outside' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'none:1' }] } } },
};
const JOBS = '/apis/batch/v1/namespaces/default/jobs';

const get = (path: string, status = 200): Call => ({ method: 'GET', path, status });
const post = (path: string, status: number, body?: object): Call => ({
  method: 'POST',
  path,
  status,
  ...(body && { body: JSON.stringify(body) }),
});

type Service = keyof typeof LASTING;

/** Requests to the services that have something to read or to change. */
const CALLS: Partial<Record<Service, Partial<Pick<ServerUnderTest, 'read' | 'change'>>>> = {
  writer: { read: get('/orders'), change: post('/orders', 202, ORDER) },
  poller: { read: get('/status'), change: post('/resume', 204) },
  // All requests name the same order, so only one Job is created.
  jobLauncher: { change: post('/reports', 202, { orderId: '6740e1c2a5f3b1d2c3e4f506' }) },
  playground: { read: get('/api/runs') },
};

const ofService = (name: Service): ServerUnderTest => ({
  name,
  read: get('/openapi.json'),
  change: post('/nothing', 404),
  ...CALLS[name],
  probes: Object.values(PROBES),
  problem: 'application/problem+json',
});

export const SERVERS: readonly ServerUnderTest[] = [
  ...(Object.keys(LASTING) as Service[]).map(ofService),
  {
    name: 'traces',
    read: get('/api/v3/services'),
    change: post('/nothing', 404),
    probes: ['/livez', '/readyz'],
    problem: 'text/plain',
  },
  {
    name: 'otlp',
    read: get('/v1/traces', 405),
    change: post('/v1/traces', 200, { resourceSpans: [] }),
    probes: [],
    problem: 'application/json',
  },
  {
    name: 'cluster',
    read: get('/api/v1/namespaces'),
    // Rejected also behind the guard, so that no Job is created.
    change: post(`${JOBS}?dryRun=All`, 422, JOB),
    probes: ['/livez', '/readyz'],
    problem: 'application/json',
  },
];
