import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fetchTrace } from '@beyond-headers/traces';
import { kubectl } from '../kustomize/support/kubectl.ts';
import { until } from '../support/until.ts';
import { makeAdmissionNamespaces, type AdmissionNamespaces } from './support/admission-namespaces.ts';
import { applyPolicy, OPT_IN } from './support/context-policy.ts';
import { containerOf, jobManifest } from './support/work-pods.ts';

/** Folder of the plug-in. Set KUBECTL_BEYOND_FOLDER to test one that `npm run pack` or krew has made. */
const PLUGIN =
  process.env['KUBECTL_BEYOND_FOLDER'] ??
  fileURLToPath(new URL('../../packages/kubectl-beyond/', import.meta.url));

let namespaces: AdmissionNamespaces;
let takeOff: () => Promise<void>;
let directory: string;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubectl-beyond-'));
  namespaces = await makeAdmissionNamespaces(OPT_IN);
  takeOff = await applyPolicy(namespaces.optedIn);
});
after(async () => {
  await takeOff();
  await namespaces.remove();
  await rm(directory, { recursive: true });
});

interface Ended {
  code: number;
  out: string;
  error: string;
}

/** Runs `kubectl beyond …` with the plug-in on the PATH. */
function beyond(...args: string[]): Promise<Ended> {
  const env = {
    ...process.env,
    PATH: `${process.env['PATH']}${delimiter}${PLUGIN}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: namespaces.otlpUrl,
    TRACES_QUERY_URL: namespaces.tracesUrl,
  };
  return new Promise((resolve) => {
    execFile('kubectl', ['beyond', ...args], { env }, (failure, out, error) =>
      resolve({ code: failure ? Number(failure.code) : 0, out, error }),
    );
  });
}

/** Creates a Job with `kubectl beyond run`, with a change to its container. Returns its trace id. */
async function made(name: string, change: object = {}): Promise<string> {
  const { optedIn } = namespaces;
  const job = jobManifest(name, namespaces);
  const [container] = job.spec.template.spec.containers;
  job.spec.template.spec.containers = [Object.assign(container!, change)];
  const file = join(directory, `${name}.json`);
  await writeFile(file, JSON.stringify({ ...job, spec: { ...job.spec, backoffLimit: 0 } }));
  const { code, out, error } = await beyond('run', '--', 'create', '-f', file, '-n', optedIn.name);
  assert.equal(code, 0, error);
  assert.match(out, new RegExp(`^job.batch/${name} created$`, 'm'));
  return /^trace ([0-9a-f]{32})$/m.exec(error)?.[1] ?? '';
}

/** Runs `kubectl beyond of` until its result matches. */
const of = (reference: string, isSaid: (ended: Ended) => boolean): Promise<Ended> =>
  until(() => beyond('of', reference, '-n', namespaces.optedIn.name), isSaid, {
    deadlineMs: 60_000,
    what: `kubectl beyond of ${reference}`,
  });

test('Job that is over is drawn under the command that made it', async () => {
  const traceId = await made('finished');
  const { out } = await of('job/finished', ({ code }) => code === 0);
  assert.match(out, /kubectl +PRODUCER kubectl create|kubectl create/);
  assert.match(out, /\bwork\b/);
  assert.match(out, /job\/finished is over, and in the trace\./);
  const spans = await fetchTrace(namespaces.tracesUrl, traceId);
  const command = spans.find(({ name }) => name === 'kubectl create');
  assert.equal(command?.attributes['k8s.job.name'], 'finished');
  assert.deepEqual(
    spans.filter(({ parentSpanId }) => parentSpanId === command?.spanId).map(({ name }) => name),
    ['work'],
  );
});

test('Job that runs is running, with exit code 3', async () => {
  const { command } = containerOf('main', namespaces, 'setInterval(() => {}, 1_000)');
  await made('running', { command });
  const { out } = await of('job/running', ({ code }) => code === 3);
  assert.match(out, /job\/running is running/);
});

test('Job that ran out of memory says so', async () => {
  const { command } = containerOf(
    'main',
    namespaces,
    'const all = []; for (;;) all.push(Buffer.alloc(2 ** 20, 1))',
  );
  await made('greedy', { command, resources: { limits: { memory: '64Mi' } } });
  const { out } = await of('job/greedy', ({ code, out: said }) => code === 1 && said.includes('is over'));
  assert.match(out, /container preload was killed: OOMKilled/);
});

test('Job whose image is missing says so', async () => {
  await made('imageless', { image: 'nowhere.invalid/none:1' });
  const { out } = await of(
    'job/imageless',
    ({ code, out: said }) => code === 1 && said.includes('ErrImageNeverPull'),
  );
  assert.match(out, /does not start: ErrImageNeverPull/);
});

test('Job without an endpoint says so', async () => {
  await made('mute', { env: [] });
  const { out } = await of('job/mute', ({ code, out: said }) => code === 1 && said.includes('is over'));
  assert.match(out, /has no endpoint: OTEL_EXPORTER_OTLP_ENDPOINT is not set/);
});

test('a pod is asked for by its name', async () => {
  const { core, name: namespace } = namespaces.optedIn;
  const labelSelector = 'batch.kubernetes.io/job-name=finished';
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  const { code, out } = await beyond('of', `pod/${items[0]?.metadata?.name}`, '-n', namespace);
  assert.equal(code, 0);
  assert.match(out, /is over, and in the trace/);
});

test('of a CronJob the last run is asked for, which links', async () => {
  const { name: namespace } = namespaces.optedIn;
  const { spec } = jobManifest('nightly', namespaces);
  const cronJob = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly' },
    spec: { schedule: '0 3 * * *', jobTemplate: { spec } },
  };
  const file = join(directory, 'cron-job.json');
  await writeFile(file, JSON.stringify(cronJob));
  const { code, error } = await beyond('run', '--', 'create', '-f', file, '-n', namespace);
  assert.equal(code, 0, error);
  const none = await beyond('of', 'cronjob/nightly', '-n', namespace);
  assert.equal(none.code, 2);
  assert.match(none.error, /cronjob\/nightly has no run/);
  await kubectl('-n', namespace, 'create', 'job', 'nightly-1', '--from=cronjob/nightly');
  const { out } = await of('cronjob/nightly', (ended) => ended.code === 0);
  assert.match(out, /job\/nightly-1 starts traces of its own, which link to [0-9a-f]{32}: TRACE_SHAPE=link/);
});

for (const [name, args, expected] of [
  ['an unknown Job', ['of', 'job/unknown'], /"unknown" not found/],
  ['an unknown kind', ['of', 'secret/x'], /got secret\/x, expected job\/NAME/],
  ['no command', [], /expected run or of/],
  [
    'a command that makes nothing',
    ['run', '--', 'delete', 'job', 'x'],
    /got delete, expected -- and one of create, run/,
  ],
] as Array<[string, string[], RegExp]>) {
  test(`${name} ends with 2 and says so`, async () => {
    const { code, out, error } = await beyond(...args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(error, expected);
  });
}

test('what kubectl refuses ends with its exit code', async () => {
  const { code, error } = await beyond('run', '--', 'create', 'job', 'x');
  assert.equal(code, 1);
  assert.match(error, /image/);
});
