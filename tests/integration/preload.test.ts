import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchTrace, waitForTrace } from '@beyond-headers/traces';
import { traces } from './support/preload.ts';
import { programEnvironment, runProgram } from './support/run-program.ts';

const PARENT_SPAN = 'b7ad6b7169203331';
let runs = 0;
/** Returns a different trace id for each program, whose environment carries it. */
const newTraceId = () => `${process.pid.toString(16)}${(++runs).toString(16)}`.padEnd(32, 'b');

const environment = (traceId: string, own: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...programEnvironment,
  TRACEPARENT: `00-${traceId}-${PARENT_SPAN}-01`,
  OTEL_SERVICE_NAME: 'program',
  OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
  ...own,
});

const SPAN = `
  import { propagation, trace, context } from '@opentelemetry/api';
  const span = trace.getTracer('work').startSpan('work');
  span.end();
  const carrier = {};
  propagation.inject(trace.setSpan(context.active(), span), carrier);
  console.log(JSON.stringify({ traceId: span.spanContext().traceId, carrier }));
`;

interface Seen {
  traceId: string;
  carrier: Record<string, string>;
}
const seen = (stdout: string): Seen => JSON.parse(stdout) as Seen;

/** A process's environment, and whether the process joins the trace that the environment carries. */
const JOINS: Array<[env: NodeJS.ProcessEnv, joins: boolean]> = [
  [{}, false],
  [{ K8S_JOB_NAME: 'report' }, true],
  [{ JOB_COMPLETION_INDEX: '0' }, false],
  [{ JOB_COMPLETION_INDEX: '0', KUBERNETES_SERVICE_HOST: '10.0.0.1' }, true],
  [{ K8S_JOB_NAME: 'ci', JOB_COMPLETION_INDEX: '0', TELEMETRY_PROFILE: 'service' }, false],
  [{ TELEMETRY_PROFILE: 'job' }, true],
  [{ TELEMETRY_IMPLICIT_EXTRACTION: 'on' }, true],
  [{ TELEMETRY_IMPLICIT_EXTRACTION: 'on', TELEMETRY_PROFILE: 'service' }, true],
  [{ TELEMETRY_IMPLICIT_EXTRACTION: 'off', TELEMETRY_PROFILE: 'job' }, false],
];
for (const [env, joins] of JOINS) {
  test(`${JSON.stringify(env)} ${joins ? 'joins' : 'starts'} a trace`, async () => {
    const traceId = newTraceId();
    const { stdout, stderr } = await runProgram(SPAN, environment(traceId, env));
    assert.equal(seen(stdout).traceId === traceId, joins, stderr);
    assert.equal(stderr, '');
  });
}

const SHAPES: Array<[shape: string, joins: boolean, links: boolean]> = [
  ['parent', true, false],
  ['link', false, true],
  ['parent+link', true, true],
];
for (const TELEMETRY_PROFILE of ['job', 'service']) {
  for (const [TRACE_SHAPE, joins, links] of SHAPES) {
    test(`TRACE_SHAPE=${TRACE_SHAPE} says how a ${TELEMETRY_PROFILE} hangs on its environment`, async () => {
      const carried = newTraceId();
      const env = { TELEMETRY_PROFILE, TELEMETRY_IMPLICIT_EXTRACTION: 'on', TRACE_SHAPE };
      const { stdout, stderr } = await runProgram(SPAN, environment(carried, env));
      assert.equal(stderr, '');
      const { traceId } = seen(stdout);
      assert.equal(traceId === carried, joins);
      const [span] = await waitForTrace(traces.queryUrl, traceId);
      assert.equal(span?.parentSpanId, joins ? PARENT_SPAN : undefined);
      assert.deepEqual(
        span?.links.map((link) => [link.traceId, link.spanId]),
        links ? [[carried, PARENT_SPAN]] : [],
      );
    });
  }
}

test('the old name of the switch works and is warned of', async () => {
  const traceId = newTraceId();
  const env = environment(traceId, { TELEMETRY_PROFILE: 'job', OTEL_IMPLICIT_EXTRACTION: 'off' });
  const { stdout, stderr } = await runProgram(SPAN, env);
  assert.notEqual(seen(stdout).traceId, traceId);
  assert.match(stderr, /OTEL_IMPLICIT_EXTRACTION has a new name: set TELEMETRY_IMPLICIT_EXTRACTION/);
});

for (const TELEMETRY_PROFILE of ['job', 'service']) {
  test(`a ${TELEMETRY_PROFILE} reads and writes what OTEL_PROPAGATORS names`, async () => {
    const traceId = newTraceId();
    const env = environment(traceId, {
      TRACEPARENT: undefined,
      TELEMETRY_PROFILE,
      TELEMETRY_IMPLICIT_EXTRACTION: 'on',
      OTEL_PROPAGATORS: 'b3multi',
      X_B3_TRACEID: traceId,
      X_B3_SPANID: PARENT_SPAN,
      X_B3_SAMPLED: '1',
    });
    const { stdout, stderr } = await runProgram(SPAN, env);
    assert.equal(seen(stdout).traceId, traceId, stderr);
    assert.equal(seen(stdout).carrier['x-b3-traceid'], traceId);
    const [span] = await waitForTrace(traces.queryUrl, traceId);
    assert.equal(span?.parentSpanId, PARENT_SPAN);
  });

  test(`a ${TELEMETRY_PROFILE} without an exporter carries on what came and sends nothing`, async () => {
    const traceId = newTraceId();
    const env = environment(traceId, {
      TELEMETRY_PROFILE,
      TELEMETRY_IMPLICIT_EXTRACTION: 'on',
      OTEL_TRACES_EXPORTER: 'none',
    });
    const { stdout, stderr } = await runProgram(SPAN, env);
    assert.equal(stderr, '');
    assert.equal(seen(stdout).carrier['traceparent'], env['TRACEPARENT']);
    await assert.rejects(fetchTrace(traces.queryUrl, traceId).then((spans) => assert.ok(spans.length > 0)));
  });
}

for (const flag of ['--require', '--import']) {
  test(`beside another SDK, loaded by ${flag}, nothing is traced twice`, async () => {
    const traceId = newTraceId();
    const source = `
      import { trace, context } from '@opentelemetry/api';
      const parent = { traceId: '${traceId}', spanId: '${PARENT_SPAN}', traceFlags: 1 };
      const from = trace.setSpanContext(context.active(), parent);
      await context.with(from, async () => (await fetch('${traces.queryUrl}/api/v3/services')).text());
      process.kill(process.pid, 'SIGTERM');
      setTimeout(() => process.exit(0), 1_000);
    `;
    const env = environment(newTraceId(), {
      NODE_OPTIONS: `${flag} @opentelemetry/auto-instrumentations-node/register`,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    });
    const { stderr } = await runProgram(source, env);
    const spans = await waitForTrace(traces.queryUrl, traceId);
    assert.deepEqual(
      spans.filter(({ kind }) => kind === 'CLIENT').map(({ name }) => name),
      ['GET'],
    );
    const lines = stderr.split('\n').filter((line) => line.includes('"telemetry"'));
    assert.equal(lines.length, 1, stderr);
    assert.match(lines[0] ?? '', /another OpenTelemetry SDK is set up.*NODE_OPTIONS/);
  });
}

for (const [TELEMETRY_PROFILE, set] of [
  ['job', 'diag: { error() {} }'],
  ['service', 'diag: { error() {} }'],
  ['service', 'propagation: { inject() {}, extract: (context) => context, fields: () => [] }'],
] as const) {
  test(`a ${TELEMETRY_PROFILE} says which copy of the API keeps it from tracing, with ${set}`, async () => {
    // As if a preload had loaded version 1.9 of the API, and had set only this.
    const older = `globalThis[Symbol.for('opentelemetry.js.api.1')] = { version: '1.9.1', ${set} }`;
    const env = environment(newTraceId(), {
      TELEMETRY_PROFILE,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(older)}`,
    });
    const { stdout, stderr } = await runProgram(SPAN, env);
    assert.deepEqual(seen(stdout).carrier, {});
    assert.match(stderr, /another copy of @opentelemetry\/api, 1\.9\.1, .*npm ls @opentelemetry\/api/);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  });
}

test('a propagator that a preload has set is kept and said', async () => {
  const traceId = newTraceId();
  const own = `
    import { propagation } from '${import.meta.resolve('@opentelemetry/api')}';
    propagation.setGlobalPropagator({
      inject: (_context, carrier, setter) => setter.set(carrier, 'own', '1'),
      extract: (context) => context,
      fields: () => ['own'],
    });`;
  const env = environment(traceId, {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(own)}`,
  });
  const { stdout, stderr } = await runProgram(SPAN, env);
  assert.deepEqual(seen(stdout).carrier, { own: '1' });
  assert.match(stderr, /^.*another propagator is set in this process.*BAGGAGE_KEYS have no effect.*\n$/);
});
