import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { waitForTrace } from '@beyond-headers/traces';
import { MongoClient } from 'mongodb';
import { traces } from './support/preload.ts';
import { programEnvironment } from './support/run-program.ts';

const REPORT_JOB = join(import.meta.dirname, '../../services/report-job');
const ORDER_ID = '6740e1c2a5f3b1d2c3e4f506';
const TRACE_ID = 'd0'.repeat(16);
const LONG = 'x'.repeat(100_000);

let mongod: Mongod;
before(async () => {
  mongod = await startMongod();
  const client = new MongoClient(mongod.uri);
  const order = { _id: ORDER_ID, customer: 'ada', items: [], report: true };
  await client
    .db('beyond_headers')
    .collection<Partial<OrderDocument>>(ORDERS_COLLECTION)
    .insertOne({ ...order, status: 'fulfilled', createdAt: new Date(), attempts: 1, traceIds: [] });
  await client.close();
});
after(() => mongod.close());

test("a Job's spans have only listed, short baggage", async () => {
  const child = spawn(process.execPath, ['--import', '@beyond-headers/telemetry/register', 'main.ts'], {
    cwd: REPORT_JOB,
    env: {
      ...programEnvironment,
      K8S_JOB_NAME: 'report-test',
      OTEL_SERVICE_NAME: 'report-job',
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
      MONGODB_URI: mongod.uri,
      ORDER_ID,
      TRACEPARENT: `00-${TRACE_ID}-${'b7'.repeat(8)}-01`,
      TRACESTATE: `vendor=${LONG}`,
      BAGGAGE: 'user.email=ada@example.org,demo.customer.tier=gold',
      baggage: `demo.customer.tier=${LONG}`,
    },
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const logged = (await output).join('');
  assert.equal(code, 0, logged);
  const spans = await waitForTrace(traces.queryUrl, TRACE_ID, (found) =>
    found.some(({ name }) => name === 'run report-job'),
  );
  const run = spans.find(({ name }) => name === 'run report-job');
  assert.equal(run?.attributes['demo.carrier.BAGGAGE'], 'demo.customer.tier=gold');
  assert.equal(run.attributes['demo.customer.tier'], 'gold');
  for (const { name, attributes, resource } of spans) {
    for (const [key, value] of Object.entries({ ...attributes, ...resource })) {
      const shown = inspect(value, { maxStringLength: null });
      assert.ok(shown.length < 10_000, `${name}: ${key} has ${shown.length} characters`);
      assert.ok(!shown.includes('ada@example.org'), `${name}: ${key} is ${shown}`);
    }
  }
  assert.doesNotMatch(logged, /ada@example\.org|x{1000}/);
});
