import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test, type TestContext } from 'node:test';
import { startCluster } from '@beyond-headers/local-cluster';
import { startMongod } from '@beyond-headers/local-mongod';
import { startTraceStore } from '@beyond-headers/trace-store';
import { assertEdges, waitForTrace } from '@beyond-headers/traces';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start } from '../examples/support/program.ts';
import { chosen } from './support/choice.ts';
import { exampleProject } from './support/example-project.ts';
import { nodeOf } from './support/tools.ts';
import { NODES_OF_TELEMETRY } from './support/versions.ts';

const [mongod, traces] = await Promise.all([startMongod(), startTraceStore()]);
after(() => Promise.all([mongod.close(), traces.close()]));

const PRELOAD = '@beyond-headers/telemetry/register';

const QUEUES = [
  { example: 'agenda-worker', send: 'send receipt', process: 'process receipt' },
  { example: 'own-queue', send: 'send receipts', process: 'process receipts' },
] as const;

for (const queue of QUEUES) {
  const project = exampleProject(
    { after },
    { name: queue.example, sources: ['after/*.ts'], packages: ['propagation', 'telemetry'] },
  );
  for (const version of chosen(NODES_OF_TELEMETRY))
    test(`${queue.example} of the how-to joins on Node.js ${version}`, (t) =>
      joins(t, { ...queue, project, node: nodeOf(version), preload: PRELOAD }));
}

/** The setup in OpenTelemetry's own documentation. */
const OLD_SDK = `import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({
  traceExporter: new OTLPTraceExporter(),
  instrumentations: [new HttpInstrumentation(), new MongoDBInstrumentation()],
});
sdk.start();
process.once('SIGTERM', () => void sdk.shutdown());
`;

test('agenda-worker of the how-to joins on Node.js 20 with sdk-node 0.223', async (t) => {
  const project = exampleProject(t, {
    name: 'agenda-worker',
    sources: ['after/*.ts'],
    packages: ['propagation'],
    dependencies: {
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/exporter-trace-otlp-http': '0.223.0',
      '@opentelemetry/instrumentation-http': '0.223.0',
      '@opentelemetry/instrumentation-mongodb': '0.76.0',
      '@opentelemetry/sdk-node': '0.223.0',
    },
    files: { 'sdk.mjs': OLD_SDK },
  });
  const [queue] = QUEUES;
  // This setup doesn't patch ES modules, so the span doesn't get a route from Express.
  await joins(t, { ...queue, project, node: nodeOf('20.20.2'), preload: './sdk.mjs', server: 'POST' });
});

const project = exampleProject(
  { after },
  { name: 'job-launcher', sources: ['after/*.ts', 'job.ts'], packages: ['propagation', 'telemetry'] },
);
for (const version of chosen(NODES_OF_TELEMETRY)) {
  test(`job-launcher of the how-to and its Job join on Node.js ${version}`, async (t) => {
    const command = [nodeOf(version), '--import', PRELOAD, 'job.js'];
    const images = { 'example-job:1': { command, workingDir: project } };
    const cluster = await startCluster({ images, timeScale: 0.1 });
    t.after(() => cluster.close());
    writeFileSync(join(project, 'kubeconfig'), cluster.kubeconfig());
    const env = {
      KUBECONFIG: join(project, 'kubeconfig'),
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
      OTEL_SERVICE_NAME: 'launcher',
    };
    const args = ['launch.js', 'example-job', 'example-job:1', `${traces.queryUrl}/api/v3/services`];
    const launch = start(t, [nodeOf(version), '--import', PRELOAD, ...args], env, project);
    const traceId = await launch.prints(/trace: (\S+)/);
    await waitForTrace(
      traces.queryUrl,
      traceId,
      (spans) =>
        assertEdges(spans, [
          [null, 'launcher PRODUCER launch example-job'],
          ['launcher PRODUCER launch example-job', 'launcher CLIENT POST'],
          ['launcher PRODUCER launch example-job', 'example-job CLIENT GET'],
        ]),
      { deadlineMs: 60_000 },
    );
  });
}

interface Run {
  project: string;
  node: string;
  preload: string;
  send: string;
  process: string;
  server?: string;
}

/** Requests a receipt in a new trace, and waits until the worker's write is in that trace. */
async function joins(t: TestContext, run: Run): Promise<void> {
  const { project, server = 'POST /receipts/:orderId' } = run;
  const env = { MONGODB_URI: mongod.uri, OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl, PORT: '0' };
  const of = (service: string) =>
    start(
      t,
      [run.node, '--import', run.preload, `${service}.js`],
      { ...env, OTEL_SERVICE_NAME: service, OTEL_BSP_SCHEDULE_DELAY: '20' },
      project,
    );
  const [producer, worker] = [of('producer'), of('worker')];
  await worker.prints(/(worker waits)/);
  const port = await producer.prints(/port: (\d+)/);
  const traceId = randomBytes(16).toString('hex');
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  const url = `http://127.0.0.1:${port}/receipts/${traceId}`;
  assert.equal((await fetch(url, { method: 'POST', headers })).status, 202);
  await waitForTrace(
    traces.queryUrl,
    traceId,
    (spans) =>
      assertEdges(spans, [
        [`producer SERVER ${server}`, `producer PRODUCER ${run.send}`],
        [`producer PRODUCER ${run.send}`, `worker CONSUMER ${run.process}`],
        [`worker CONSUMER ${run.process}`, 'worker CLIENT insert receipts'],
      ]),
    { deadlineMs: 60_000 },
  );
}
