import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { V1Job, V1JobList } from '@kubernetes/client-node';
import { startLocalSystem } from '@beyond-headers/supervisor';

const system = await startLocalSystem({
  only: ['trace-store', 'cluster', 'job-launcher'],
  env: { 'job-launcher': { DEMO_CONTROLS: 'off' } },
});
after(() => system.stop());

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const jobsUrl = () => `${system.urls.cluster}/apis/batch/v1/namespaces/default/jobs`;

async function launch(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${system.urls.jobLauncher}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function jobOf(
  orderId: string,
  headers: Record<string, string> = {},
  more: object = {},
): Promise<V1Job> {
  const answer = await launch({ orderId, ...more }, headers);
  assert.equal(answer.status, 202, await answer.clone().text());
  return (await (await fetch(`${jobsUrl()}/report-${orderId}`)).json()) as V1Job;
}

/** Returns the pod template without the variables of the order and its trace. */
function templateOf({ spec }: V1Job): unknown {
  const { containers, ...pod } = structuredClone(spec?.template.spec) ?? { containers: [] };
  const carried = ['ORDER_ID', 'TRACEPARENT', 'TRACESTATE', 'BAGGAGE'];
  return {
    ...pod,
    containers: containers.map(({ env = [], ...container }) => ({
      ...container,
      env: env.filter(({ name }) => !carried.includes(name)),
    })),
  };
}

const valueOf = ({ spec }: V1Job, name: string) =>
  spec?.template.spec?.containers[0]?.env?.find((variable) => variable.name === name)?.value;

const orderId = (last: number) => `6740e1c2a5f3b1d2c3e4f5${String(last).padStart(2, '0')}`;

const REFUSED: object[] = [
  {},
  { orderId: '../../secrets' },
  { orderId: { $gt: '' } },
  { orderId: `${orderId(1)}\n` },
  { orderId: orderId(1).toUpperCase().replace('6', 'Z') },
  { orderId: orderId(1), image: 'evil:1' },
  { orderId: orderId(1), namespace: 'kube-system' },
  { orderId: orderId(1), template: { spec: {} } },
  { orderId: orderId(1), demo: { jobFault: 'rm -rf /' } },
];

test("a caller's request body may contain only an order id", async () => {
  for (const body of REFUSED) assert.equal((await launch(body)).status, 400, JSON.stringify(body));
  const { items } = (await (await fetch(jobsUrl())).json()) as V1JobList;
  assert.deepEqual(items, []);
});

test("a caller can't change the template of a Job", async () => {
  const plain = await jobOf(orderId(2));
  const headers = {
    traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
    tracestate: 'vendor=$(MONGODB_URI)',
    baggage: 'MONGODB_URI=mongodb://evil,ORDER_ID=1,user.email=ada@example.org',
    'x-image': 'evil:1',
  };
  const hostile = await jobOf(orderId(3), headers, { demo: { job: 'off', jobFault: 'crash' } });
  assert.deepEqual(templateOf(hostile), templateOf(plain));
});

test("the launcher uses its caller's trace context and listed baggage", async () => {
  const job = await jobOf(orderId(4), {
    traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
    tracestate: 'vendor=$(MONGODB_URI)',
    baggage: 'demo.customer.tier=gold,user.email=ada@example.org',
  });
  assert.match(valueOf(job, 'TRACEPARENT') ?? '', new RegExp(`^00-${TRACE_ID}-[0-9a-f]{16}-01$`));
  assert.equal(valueOf(job, 'TRACESTATE'), 'vendor=$$(MONGODB_URI)');
  assert.equal(valueOf(job, 'BAGGAGE'), 'demo.customer.tier=gold');
});
