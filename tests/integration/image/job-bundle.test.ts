import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import { MongoClient } from 'mongodb';
import { bundleJob, type JobBundle } from '../../support/job-bundle.ts';
import { outputOf } from '../../support/run.ts';
import { traces } from '../support/preload.ts';

const REPORT_JOB = join(import.meta.dirname, '../../../services/report-job');
const SOURCES = ['--import', '@beyond-headers/telemetry/register', 'main.ts'];
const ORDER_ID = '6740e1c2a5f3b1d2c3e4f506';
/** Forces the exit of the nested process, because a failed test may leave resources open. */
const NESTED = ['--test-reporter=tap', '--test-force-exit', '--test'];
const CARRIED = 'demo.carrier.TRACEPARENT';
const PARENT_SPAN = 'b7ad6b7169203331';

let mongod: Mongod;
let bundle: JobBundle;
before(async () => {
  bundle = await bundleJob();
  mongod = await startMongod();
});
after(() => Promise.all([mongod?.close(), bundle?.remove()]));

test('the job of the image makes the spans of its sources', async () => {
  const ofSources = await attempts(SOURCES, 'c1'.repeat(16));
  assert.ok(ofSources.some(({ name }) => name === 'run report-job'));
  assert.ok(ofSources.some(({ attributes }) => attributes['db.system.name'] === 'mongodb'));
  const ofBundle = await attempts(['--import', bundle.preload, bundle.main], 'c2'.repeat(16));
  assert.deepEqual(ofBundle, ofSources);
});

/** Runs the tests of the preload again, with the image's preload. */
for (const file of ['preload', 'job-exit']) {
  test(`the preload of the image passes ${file}.test.ts`, { timeout: 180_000 }, async () => {
    const files = ['support/preload.ts', `${file}.test.ts`].map((name) =>
      join(import.meta.dirname, '..', name),
    );
    const { stdout } = await outputOf(process.execPath, ['--import', files[0]!, ...NESTED, files[1]!], {
      env: { TEST_PRELOAD: bundle.preload, NODE_TEST_CONTEXT: undefined },
    });
    assert.match(stdout, /^# pass [1-9]/m);
  });
}

/** Makes two attempts at a report, of which the second links to the first. Returns their spans without the values that differ by run. */
async function attempts(command: string[], traceId: string): Promise<Comparable[]> {
  await placeOrder();
  const env = {
    K8S_JOB_NAME: 'report-test',
    K8S_POD_UID: 'pod',
    OTEL_SERVICE_NAME: 'report-job',
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
    MONGODB_URI: mongod.uri,
    ORDER_ID,
    TRACEPARENT: `00-${traceId}-${PARENT_SPAN}-01`,
    BAGGAGE: 'demo.customer.tier=gold,user.email=ada@example.org',
    // On a slow machine, the default budget is too short for the last spans.
    TELEMETRY_FLUSH_BUDGET_MS: '20000',
  };
  for (let attempt = 0; attempt < 2; attempt++)
    await outputOf(process.execPath, command, { cwd: REPORT_JOB, env });
  const spans = await waitForTrace(
    traces.queryUrl,
    traceId,
    (found) => found.filter(({ name }) => name === 'run report-job').length === 2,
  );
  return comparable(spans);
}

type Comparable = Pick<Span, 'name' | 'attributes'>;

/** Sorts the spans by start, replaces ids by positions in this order, and drops times. */
function comparable(spans: Span[]): Comparable[] {
  const inOrder = spans.toSorted((a, b) => Number(a.startNs - b.startNs));
  const placeOf = (spanId?: string) => inOrder.findIndex((span) => span.spanId === spanId);
  return inOrder.map(
    ({ traceId, name, kind, parentSpanId, attributes, resource, links, status, events }) => ({
      name,
      kind,
      parent: parentSpanId === PARENT_SPAN ? PARENT_SPAN : placeOf(parentSpanId),
      attributes: {
        ...attributes,
        [CARRIED]: JSON.stringify(attributes[CARRIED] ?? '').replace(traceId, ''),
      },
      resource: { ...resource, 'process.pid': 0 },
      links: links.map(({ spanId }) => placeOf(spanId)),
      status,
      events: events.map((event) => event.name),
    }),
  );
}

async function placeOrder(): Promise<void> {
  const client = new MongoClient(mongod.uri);
  const orders = client.db('beyond_headers').collection<Partial<OrderDocument>>(ORDERS_COLLECTION);
  await orders.deleteMany({});
  await orders.insertOne({ _id: ORDER_ID, customer: 'ada', items: [], report: true, status: 'fulfilled' });
  await client.close();
}
