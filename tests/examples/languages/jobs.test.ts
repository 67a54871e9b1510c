import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { assertEdges, fetchTrace, waitForTrace } from '@beyond-headers/traces';
import { startTraceStore } from '@beyond-headers/trace-store';
import { startClusterFor } from '../support/cluster.ts';
import { start, startTraced } from '../support/program.ts';
import { providedJobs } from './provide.ts';

const PARENT = '00f067aa0ba902b7';

for (const { job, command } of providedJobs()) {
  test(`${job} joins the trace of its launcher`, async (t) => {
    const { env, traces, finished } = await startClusterFor(t, `${job}:1`, command);
    const launch = startTraced(t, 'job-launcher/after/launch.ts', 'launcher', env, [
      job,
      `${job}:1`,
      'a b',
      'c',
    ]);
    const [name, traceId] = [await launch.prints(/job: (\S+)/), await launch.prints(/trace: (\S+)/)];
    assert.equal(await finished(name), 'words: 3\n');
    const spans = await waitForTrace(traces.queryUrl, traceId, (found) =>
      assertEdges(found, [
        [null, `launcher PRODUCER launch ${job}`],
        [`launcher PRODUCER launch ${job}`, `${job} CONSUMER run ${job}`],
        [`${job} CONSUMER run ${job}`, `${job} INTERNAL count words`],
      ]),
    );
    const counted = spans.find((span) => span.name === 'count words');
    assert.equal(counted?.attributes['demo.words'], 3);
    assert.equal(counted?.resource['k8s.job.name'], name);
  });

  test(`${job} reads tracestate and baggage, and only the baggage it knows`, async (t) => {
    const { traces, traceId, env } = await carried(t, job);
    const more = { TRACESTATE: 'vendor=1', BAGGAGE: 'demo.customer.tier=gold,secret=x' };
    assert.equal(await start(t, [...command, 'one'], { ...env, ...more }).exit, 0);
    const [run] = (await waitForTrace(traces.queryUrl, traceId, (spans) => spans.length === 2)).filter(
      ({ name }) => name === `run ${job}`,
    );
    assert.equal(run?.parentSpanId, PARENT);
    assert.equal(run.attributes['demo.customer.tier'], 'gold');
    assert.ok(!('secret' in run.attributes));
    const raw = await (await fetch(`${traces.queryUrl}/api/v3/traces/${traceId}`)).text();
    assert.match(raw, /"traceState":"vendor=1"/);
  });

  test(`${job} does not read lower-case variables`, async (t) => {
    const { traces, traceId, env } = await carried(t, job);
    const { TRACEPARENT, ...rest } = env;
    const program = start(t, [...command, 'one'], { ...rest, traceparent: TRACEPARENT });
    assert.equal(await program.exit, 0, program.output());
    const names = (await (await fetch(`${traces.queryUrl}/api/v3/services`)).json()) as {
      services: string[];
    };
    // The job did export its span, but in its own trace.
    assert.deepEqual(names.services, [job]);
    assert.deepEqual(await fetchTrace(traces.queryUrl, traceId), []);
  });

  test(`${job} that fails says so, and keeps its exit code`, async (t) => {
    const { traces, traceId, env } = await carried(t, job);
    const program = start(t, command, env);
    program.endInput();
    assert.equal(await program.exit, 1);
    const spans = await waitForTrace(traces.queryUrl, traceId, (found) => found.length === 2);
    const run = spans.find(({ name }) => name === `run ${job}`);
    assert.equal(run?.status.code, 'ERROR');
    assert.match(run.status.message ?? '', /there is no word to count/);
  });

  test(`${job} that gets SIGTERM delivers its open span and ends with 143`, async (t) => {
    const { traces, traceId, env } = await carried(t, job);
    const program = start(t, command, env);
    await program.prints(/(reads its input)/);
    assert.equal(await program.stop(), 143, program.output());
    await waitForTrace(traces.queryUrl, traceId, (spans) => spans.some(({ name }) => name === `run ${job}`));
  });

  test(`${job} works without a collector`, async (t) => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SERVICE_NAME: job };
    const program = start(t, [...command, 'one'], env);
    assert.equal(await program.exit, 0);
    assert.match(program.output(), /words: 1/);
  });
}

/** Starts a trace store, and returns the environment of a job whose launcher's trace id is `traceId`. */
async function carried(t: TestContext, job: string) {
  const traces = await startTraceStore();
  t.after(() => traces.close());
  const traceId = randomBytes(16).toString('hex');
  const env = {
    TRACEPARENT: `00-${traceId}-${PARENT}-01`,
    OTEL_SERVICE_NAME: job,
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
  };
  return { traces, traceId, env };
}
