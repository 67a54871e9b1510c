import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { V1PodList } from '@kubernetes/client-node';
import { assertScenarios } from '../scenarios/assert-scenarios.ts';
import type { SystemUrls } from '../scenarios/run-scenario.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { until } from '../support/until.ts';
import { kubectl } from './support/kubectl.ts';
import { forwardPort, type PortForward } from './support/port-forward.ts';

const NAMESPACE = 'beyond-headers';
const OVERLAY = 'k8s/overlays/local';
const APP = 'app.kubernetes.io/name';
const TOKEN = /^kube-api-access/;

const inNamespace = (...args: string[]) => kubectl('--namespace', NAMESPACE, ...args);

const forwards: PortForward[] = [];
let urls: SystemUrls & { playground: string };
let isOurs = false;

before(async () => {
  const there = await kubectl('get', 'namespace', NAMESPACE, '--ignore-not-found', '--output', 'name');
  assert.equal(there, '', `The namespace ${NAMESPACE} is in use. To forget it: kubectl delete -k ${OVERLAY}`);
  isOurs = true;
  await kubectl('apply', '-k', OVERLAY);
  await untilAvailable();
  urls = {
    writer: await forward('writer', 8081),
    traces: await forward('jaeger', 16686),
    playground: await forward('playground', 8080),
  };
});
after(async () => {
  await stopForwards();
  if (isOurs) await kubectl('delete', '-k', OVERLAY, '--ignore-not-found', '--wait');
});

async function forward(service: string, port: number): Promise<string> {
  const made = await forwardPort(NAMESPACE, service, port);
  forwards.push(made);
  return made.url;
}

const stopForwards = () => Promise.all(forwards.splice(0).map((made) => made.stop()));

for (const { name } of SCENARIOS) {
  test(`scenario in a cluster: ${name}`, () => assertScenarios(urls, [name]));
}

test('playground shows its page', async () => {
  const response = await fetch(urls.playground);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /<title>.*Beyond Headers/i);
});

test('pods of Jobs were admitted and did their work', async () => {
  const namespace = JSON.parse(await kubectl('get', 'namespace', NAMESPACE, '--output', 'json')) as {
    metadata: { labels: Record<string, string> };
  };
  assert.equal(namespace.metadata.labels['pod-security.kubernetes.io/enforce'], 'restricted');
  const jobs = (await podsInCluster()).filter(({ metadata }) => metadata?.labels?.[APP] === 'report-job');
  assert.equal(jobs.length, SCENARIOS.filter(({ report }) => report).length);
  assert.deepEqual(
    jobs.filter(({ status }) => status?.phase !== 'Succeeded'),
    [],
  );
});

test('only the launcher has a token', async () => {
  const pods = (await podsInCluster()).filter(({ spec }) =>
    spec?.volumes?.some(({ name }) => TOKEN.test(name)),
  );
  assert.deepEqual(
    pods.map(({ metadata }) => metadata?.labels?.[APP]),
    ['job-launcher'],
  );
});

test('no environment in the cluster shows a password', async () => {
  const shown = await inNamespace('get', 'pods,deployments,statefulsets,jobs', '--output', 'yaml');
  assert.doesNotMatch(shown, /demo-only/);
});

test('a user of MongoDB may do its own work alone', async () => {
  for (const service of ['writer', 'poller']) {
    assert.equal(await mongoSays(service, `db.collection('orders').findOne()`), 'done');
    assert.equal(await mongoSays(service, `db.collection('reports').findOne()`), 'Unauthorized');
    assert.equal(await mongoSays(service, `db.collection('orders').deleteMany({})`), 'Unauthorized');
  }
});

test('a new MongoDB pod gets its users by itself', async () => {
  await inNamespace('delete', 'pod', 'mongo-0', '--wait');
  await untilAvailable();
  const joined = await until(
    () => assertScenarios(urls, ['joined']).then(() => 'joined', String),
    (outcome) => outcome === 'joined',
    { deadlineMs: 60_000, what: 'a joined trace after a new MongoDB' },
  );
  assert.equal(joined, 'joined');
});

test('deleted, nothing of it is left', async () => {
  await stopForwards();
  await kubectl('delete', '-k', OVERLAY, '--wait');
  isOurs = false;
  const kinds = 'namespaces,persistentvolumes,clusterroles,clusterrolebindings';
  const left = await kubectl(
    'get',
    kinds,
    '--selector',
    'app.kubernetes.io/part-of=beyond-headers',
    '--output',
    'name',
  );
  assert.equal(left, '');
  const namespaced = await kubectl(
    'get',
    'pods,jobs,services',
    '--all-namespaces',
    '--output',
    'name',
    '--selector',
    'app.kubernetes.io/part-of=beyond-headers',
  );
  assert.equal(namespaced, '');
});

/** Waits until the demo is available. Rejects with its pods and warnings if it doesn't start. */
async function untilAvailable(): Promise<void> {
  try {
    await inNamespace('rollout', 'status', 'statefulset/mongo', '--timeout=120s');
    await inNamespace('wait', 'deployment', '--all', '--for=condition=Available', '--timeout=120s');
  } catch (cause) {
    const pods = await inNamespace('get', 'pods').catch(String);
    const events = await inNamespace('get', 'events', '--field-selector', 'type=Warning').catch(String);
    throw new Error(`The demo does not come up.\n${pods}\n${events}`, { cause });
  }
}

async function podsInCluster() {
  return (JSON.parse(await inNamespace('get', 'pods', '--output', 'json')) as V1PodList).items;
}

/** Runs an operation with the service's own password. Returns `done`, or the name of MongoDB's error. */
async function mongoSays(service: string, operation: string): Promise<string> {
  const script = `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient(process.env.MONGODB_URI);
    const db = client.db('beyond_headers');
    console.log(await (${operation}).then(() => 'done', (error) => error.codeName ?? error.message));
    await client.close();`;
  const node = ['node', '--env-file=/credentials/mongodb.env', '--input-type=module', '--eval', script];
  return (await inNamespace('exec', `deployment/${service}`, '--', ...node)).trim();
}
