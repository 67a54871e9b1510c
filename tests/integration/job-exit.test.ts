import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { waitForTrace } from '@beyond-headers/traces';
import {
  collector,
  delivers,
  jobEnvironment,
  newTraceId,
  PARENT_SPAN,
  TRACER,
} from './support/job-program.ts';
import { traces } from './support/preload.ts';
import { runProgram } from './support/run-program.ts';

test('natural end delivers the span and exits with 0', async () => {
  await delivers(`${TRACER} tracer.startSpan('work').end();`, { code: 0, span: 'work' });
});

test('exit code set by the work is kept', async () => {
  await delivers(`${TRACER} tracer.startSpan('work').end(); process.exitCode = 7;`, {
    code: 7,
    span: 'work',
  });
});

test('process.exit in the middle delivers the open span as failed', async () => {
  const span = await delivers(`${TRACER} tracer.startActiveSpan('work', () => process.exit(3));`, {
    code: 3,
    span: 'work',
  });
  assert.equal(span.status.code, 'ERROR');
});

test('uncaught error keeps exit code 1 and its message', async () => {
  const source = `${TRACER} tracer.startActiveSpan('work', () => { throw new Error('the work failed'); });`;
  const { stderr } = await delivers(source, { code: 1, span: 'work' });
  assert.match(stderr, /the work failed/);
});

test('unhandled SIGTERM ends with 143 and delivers', async () => {
  const source = `${TRACER} tracer.startSpan('work'); setInterval(() => {}, 1000); console.log('ready');`;
  await delivers(source, { code: 143, span: 'work', signal: 'SIGTERM' });
});

test('SIGTERM that the work handles is left to the work', async () => {
  const source = `${TRACER} const span = tracer.startSpan('work'); const timer = setInterval(() => {}, 1000);
    process.on('SIGTERM', () => { span.end(); clearInterval(timer); process.exitCode = 5; }); console.log('ready');`;
  await delivers(source, { code: 5, span: 'work', signal: 'SIGTERM' });
});

test('SIGTERM that an earlier preload handles once is left to it', async () => {
  const handles = `process.once('SIGTERM',()=>setImmediate(()=>process.exit(6)))`;
  const env = jobEnvironment(newTraceId(), { NODE_OPTIONS: `--import=data:text/javascript,${handles}` });
  const source = `${TRACER} tracer.startSpan('work'); setInterval(() => {}, 1000); console.log('ready');`;
  await delivers(source, { code: 6, span: 'work', signal: 'SIGTERM', env });
});

for (const [name, endpoint] of Object.entries({
  refused: async () => ({ url: 'http://127.0.0.1:1', close: async () => {} }),
  unavailable: () => collector((_request, response) => response.writeHead(503).end()),
  'black hole': () => collector(() => {}),
})) {
  test(`collector ${name}: exits in time with code 0 and one warning`, async () => {
    const { url, close } = await endpoint();
    const env = jobEnvironment(newTraceId(), {
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      TELEMETRY_FLUSH_BUDGET_MS: '300',
    });
    const source = `${TRACER} tracer.startSpan('work').end();
      process.once('beforeExit', () => process.stdout.write(String(Date.now())));`;
    const { code, stdout, stderr } = await runProgram(source, env);
    await close();
    assert.equal(code, 0, stderr);
    // The budget, plus the time to end a process on a busy machine.
    assert.ok(Date.now() - Number(stdout) < 300 + 700, `exit took ${Date.now() - Number(stdout)} ms`);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  });
}

for (const [name, listener] of Object.entries({
  'for a while': (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(503, { 'retry-after': '8' }).end(),
  'without an answer': () => {},
})) {
  test(`collector away ${name}: a request on its way does not hold the end`, async () => {
    const { url, close, asked } = await collector(listener);
    const env = jobEnvironment(newTraceId(), {
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_BSP_SCHEDULE_DELAY: '1',
      TELEMETRY_FLUSH_BUDGET_MS: '300',
    });
    const source = `${TRACER} tracer.startSpan('work').end();
      process.stdin.once('data', () => { process.stdin.destroy(); console.log(Date.now()); });`;
    const job = runProgram(source, env, { stdin: asked });
    const { code, stdout, stderr } = await job;
    await close();
    assert.equal(code, 0, stderr);
    assert.ok(Date.now() - Number(stdout) < 300 + 700, `exit took ${Date.now() - Number(stdout)} ms`);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  });
}

test('a preload that writes to stdout hides no outcome', async () => {
  // With Yarn's Plug'n'Play, the child process that sends the last spans has the preload, too.
  const preload = `Object.defineProperty(process, 'versions', { value: { ...process.versions, pnp: '3' } });
    console.log('loaded');`;
  const { stderr } = await delivers(`${TRACER} tracer.startSpan('work').end(); process.exit(0);`, {
    code: 0,
    span: 'work',
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` },
  });
  assert.equal(stderr, '');
});

test('code that never heard of tracing joins through its calls', async () => {
  const traceId = newTraceId();
  const source = `const response = await fetch('${traces.queryUrl}/api/v3/services'); process.exitCode = response.ok ? 0 : 1;`;
  const { code } = await runProgram(source, jobEnvironment(traceId));
  assert.equal(code, 0);
  const [span] = await waitForTrace(traces.queryUrl, traceId);
  assert.equal(span?.parentSpanId, PARENT_SPAN);
});

test('implicit extraction is off when its variable says so', async () => {
  const traceId = newTraceId();
  const env = jobEnvironment(traceId, { TELEMETRY_IMPLICIT_EXTRACTION: 'off' });
  const { stdout } = await runProgram(
    `${TRACER} console.log(tracer.startSpan('work').spanContext().traceId);`,
    env,
  );
  assert.notEqual(stdout.trim(), traceId);
  assert.match(stdout.trim(), /^[0-9a-f]{32}$/);
});

test('telemetry switched off leaves the work alone', async () => {
  const env = jobEnvironment(newTraceId(), { OTEL_SDK_DISABLED: 'true' });
  const { code, stdout, stderr } = await runProgram(
    `${TRACER} tracer.startSpan('work').end(); console.log('done');`,
    env,
  );
  assert.deepEqual({ code, stdout: stdout.trim(), stderr }, { code: 0, stdout: 'done', stderr: '' });
});
