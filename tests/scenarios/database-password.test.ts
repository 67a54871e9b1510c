import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { banner, startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { MongoClient } from 'mongodb';
import { until } from '../support/until.ts';
import { placeOrder } from '../support/writer.ts';

/** `@` must be escaped in a URI, so the test searches for both spellings. */
const PASSWORD = 'hunter@2';
const SPELLINGS = [PASSWORD, encodeURIComponent(PASSWORD)];
const ENV_FILE = join(import.meta.dirname, '../../.local', `env-of-${process.pid}`);

const lines: string[] = [];
let mongod: Mongod;
let system: LocalSystem;

before(async () => {
  mongod = await startMongod();
  process.env['MONGODB_URI'] = await withUser(mongod.uri);
  system = await startLocalSystem({ log: (line) => lines.push(line), envFile: ENV_FILE });
});
after(async () => {
  await system.stop();
  await mongod.close();
});

/** Creates a user with the password, and returns the URI with both. */
async function withUser(uri: string): Promise<string> {
  const client = new MongoClient(uri);
  await client.db('admin').command({ createUser: 'me', pwd: PASSWORD, roles: ['root'] });
  await client.close();
  const [, rest = ''] = uri.split('://');
  return `mongodb://me:${encodeURIComponent(PASSWORD)}@${rest}${rest.includes('?') ? '&' : '?'}authSource=admin`;
}

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** Places an order with a report, and waits until its Job has succeeded. */
async function makeReport(): Promise<{ orderId: string; traceId: string }> {
  const { orderId, traceId } = await placeOrder(system.urls.writer, { report: true });
  await until(
    () => text(`${system.urls.jobLauncher}/reports/report-${orderId}`),
    (report) => report.includes('"phase":"succeeded"'),
    { deadlineMs: 30_000 },
  );
  return { orderId, traceId };
}

test('the password of MONGODB_URI never appears', async () => {
  const { orderId, traceId } = await makeReport();
  const { writer, poller, jobLauncher, playground, traces, cluster } = system.urls;
  const jobs = await text(`${cluster}/apis/batch/v1/namespaces/default/jobs`);
  const pods = await text(`${cluster}/api/v1/namespaces/default/pods`);
  for (const objects of [jobs, pods])
    assert.match(objects, /"secretKeyRef":\{[^}]*"name":"report-job-mongodb"/);
  const trace = await until(
    () => text(`${traces}/api/v3/traces/${traceId}`),
    (answer) => answer.includes('observe report-job'),
    { deadlineMs: 30_000 },
  );
  const shown: Record<string, string> = {
    jobs,
    pods,
    trace,
    events: await text(`${cluster}/api/v1/namespaces/default/events`),
    'answers of the writer': await text(`${writer}/orders/${orderId}/carrier`),
    'answers of the poller': (await text(`${poller}/status`)) + (await text(`${poller}/readyz`)),
    'answers of the launcher': await text(`${jobLauncher}/reports/report-${orderId}/carrier`),
    'answers of the playground': await text(`${playground}/readyz`),
    output: lines.join('\n'),
    banner: banner(system, 1),
    'variables for a shell': await readFile(ENV_FILE, 'utf8'),
  };
  for (const [where, what] of Object.entries(shown)) {
    assert.ok(what.length > 0, where);
    for (const spelling of SPELLINGS) assert.ok(!what.includes(spelling), `${where}: ${what}`);
  }
  assert.doesNotMatch(shown['variables for a shell'] ?? '', /MONGODB_URI/);
});

test('the cluster that is started again has the Secret again', async () => {
  await system.restart('cluster');
  await makeReport();
});

test('a database that is away is named without its password', async () => {
  await mongod.kill();
  const answer = await until(
    () => text(`${system.urls.poller}/readyz`),
    (readiness) => readiness.includes('mongodb'),
  );
  for (const spelling of SPELLINGS) assert.ok(!(answer + lines.join('\n')).includes(spelling), answer);
  await mongod.restart();
});
