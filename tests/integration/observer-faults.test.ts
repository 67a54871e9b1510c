import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { KubeConfig } from '@kubernetes/client-node';
import { startCluster } from '@beyond-headers/local-cluster';
import { createLogger } from '@beyond-headers/service-kit';
import { reportJobs, reportPods } from '../../services/job-launcher/observer/collections.ts';
import { follow } from '../../services/job-launcher/observer/follow.ts';
import { JobObserver } from '../../services/job-launcher/observer/job-observer.ts';
import { connectKubernetes } from '../../services/job-launcher/kubernetes.ts';
import { until } from '../support/until.ts';
import {
  answer,
  fallSilent,
  forward,
  hang,
  holdBack,
  passOn,
  refuse,
  reset,
  startFaultyApi,
  type FaultyApi,
  type Faults,
  type Passage,
} from './support/faulty-api.ts';

/** A twentieth of the launcher's value, so that withheld events show up earlier. */
const WATCH_SECONDS = 1;
/** The longest backoff, plus the time for a watch and a list. */
const BOUND_MS = 8_000;

const cluster = await startCluster({ images: { 'shell:1': { command: ['sh', '-c', 'sleep 0.2'] } } });
after(() => cluster.close());

/** Runs a Job while an observer watches through a faulty proxy. Returns the outcomes that it reports within the bound. */
async function outcomeOf(name: string, faults: Faults, meanwhile: (api: FaultyApi) => unknown = () => {}) {
  const api = await startFaultyApi(cluster.url, faults);
  const stopping = new AbortController();
  const { signal } = stopping;
  const config = new KubeConfig();
  config.loadFromString(cluster.kubeconfig().replace(cluster.url, api.url));
  const access = connectKubernetes(config);
  const outcomes: unknown[] = [];
  const observer = new JobObserver({
    record: ({ name: span, attributes }) => {
      if (span === 'observe report-job' && attributes['k8s.job.name'] === name)
        outcomes.push(attributes['demo.job.reason']);
    },
    readJob: async () => undefined,
    since: new Date(0),
  });
  const options = { signal, logger: createLogger('test', 'silent') };
  const following = Promise.all([
    follow(reportJobs(access, 'default', WATCH_SECONDS), observer.jobs, options),
    follow(reportPods(access, 'default', WATCH_SECONDS), observer.pods, options),
  ]);
  try {
    // Creates the Job after the first lists, so that the watches have to report what happens.
    await until(
      async () => api.asked,
      ({ list, watch }) => list > 1 && watch > 1,
    );
    await createJob(name);
    await finished(name);
    await meanwhile(api);
    await until(
      async () => outcomes,
      ({ length }) => length > 0,
      { deadlineMs: BOUND_MS, what: name },
    );
    return { outcomes, asked: api.asked };
  } finally {
    stopping.abort();
    await following;
    await api.close();
  }
}

const jobsUrl = () => `${cluster.url}/apis/batch/v1/namespaces/default/jobs`;

async function createJob(name: string): Promise<void> {
  const labels = { 'app.kubernetes.io/name': 'report-job' };
  const containers = [{ name: 'main', image: 'shell:1' }];
  const template = { metadata: { labels }, spec: { restartPolicy: 'Never', containers } };
  const response = await fetch(jobsUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: { name, labels }, spec: { template } }),
  });
  assert.equal(response.status, 201);
}

const finished = (name: string) =>
  until(
    async () =>
      (await (await fetch(`${jobsUrl()}/${name}`)).json()) as { status?: { completionTime?: string } },
    ({ status }) => status?.completionTime,
  );

/** Uses `first` for the first `count` requests, and `passage` for later ones. */
function afterFirst(count: number, passage: Passage, first: Passage): Passage {
  let left = count;
  return (...request) => (left-- > 0 ? first : passage)(...request);
}

const replaceLines =
  (replace: (line: string) => string): Passage =>
  (_request, response, url) =>
    forward(response, url, replace);

const GONE = { kind: 'Status', status: 'Failure', code: 410, reason: 'Expired' };

const FAULTY_WATCHES: Record<string, Passage> = {
  'that the launcher has no right to': refuse(403),
  'that fails': refuse(500),
  'that is one too many': refuse(429, { 'retry-after': '1' }),
  'whose connection is reset': reset,
  'that is never answered': hang,
  'that falls silent': fallSilent,
  'that a proxy holds back to its end': holdBack,
  'that a proxy answers with a page': answer('<html>\n<body>504 Gateway Time-out</body>\n</html>\n'),
  'that ends at once': answer(''),
  'that ends in the middle of a line': answer('{"type":"MODIFIED","object":{"metad'),
  'that expired, as an answer': refuse(410),
  'that expired, as an event': answer(`${JSON.stringify({ type: 'ERROR', object: GONE })}\n`),
  'with an error that has no code': answer('{"type":"ERROR","object":{}}\n'),
  'with an event that has no object': answer('{"type":"ADDED"}\n'),
  'whose lines are garbled': replaceLines((line) => `${line.slice(0, 40)}\n`),
};

for (const [which, watch] of Object.entries(FAULTY_WATCHES)) {
  test(`outcome shows through a watch ${which}`, async () => {
    const name = which.replaceAll(/\W+/g, '-');
    const { outcomes } = await outcomeOf(name, { watch });
    assert.deepEqual(outcomes, ['Completed']);
  });
}

const FAULTY_LISTS: Record<string, Passage> = {
  'that the launcher has no right to': refuse(403),
  'that fails': refuse(500),
  'whose connection is reset': reset,
  'that a proxy answers with a page': answer('<html></html>'),
};

for (const [which, list] of Object.entries(FAULTY_LISTS)) {
  test(`outcome shows without a list ${which}`, async () => {
    const { outcomes } = await outcomeOf(`list-${which.replaceAll(/\W+/g, '-')}`, { list });
    assert.deepEqual(outcomes, ['Completed']);
  });
}

for (const [which, passage] of Object.entries({ refused: refuse(503), reset })) {
  test(`outcome of an outage shows when all requests are ${which} no more`, async () => {
    const faults = { list: passage, watch: passage };
    const { outcomes } = await outcomeOf(`outage-${which}`, faults, (api) => (api.faults = {}));
    assert.deepEqual(outcomes, ['Completed']);
  });
}

test('version of another cluster is not watched from for long', async () => {
  const elsewhere = '999999999999999';
  const { outcomes } = await outcomeOf('another-cluster', {
    list: afterFirst(2, passOn, (_request, response, url) =>
      forward(response, url, (line) =>
        line.replace(/"resourceVersion":"\d+"/, `"resourceVersion":"${elsewhere}"`),
      ),
    ),
    // A real API server sends nothing until it has reached the requested version.
    watch: (request, response, url) =>
      (url.searchParams.get('resourceVersion') === elsewhere ? fallSilent : passOn)(request, response, url),
  });
  assert.deepEqual(outcomes, ['Completed']);
});
