import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { waitForTrace } from '@beyond-headers/traces';
import { traces } from './support/preload.ts';
import { runProgram } from './support/run-program.ts';
import { childEnvironment } from '../support/child-environment.ts';

/** Each run has its own trace id, so that tests don't see each other's spans. */
let runs = 0;
const newTraceId = () => process.pid.toString(16).padEnd(24, 'a') + (++runs).toString(16).padStart(8, '0');
const PARENT_SPAN = 'b7ad6b7169203331';

const SPAN = `
  import { trace } from '@opentelemetry/api';
  const tracer = trace.getTracer('work');
`;

test('natural end delivers the span and exits with 0', async () => {
  await delivers(`${SPAN} tracer.startSpan('work').end();`, { code: 0, span: 'work' });
});

test('exit code set by the work is kept', async () => {
  await delivers(`${SPAN} tracer.startSpan('work').end(); process.exitCode = 7;`, { code: 7, span: 'work' });
});

test('process.exit in the middle delivers the open span as failed', async () => {
  const span = await delivers(`${SPAN} tracer.startActiveSpan('work', () => process.exit(3));`, {
    code: 3,
    span: 'work',
  });
  assert.equal(span.status.code, 'ERROR');
});

test('uncaught error keeps exit code 1 and its message', async () => {
  const source = `${SPAN} tracer.startActiveSpan('work', () => { throw new Error('the work failed'); });`;
  const { stderr } = await delivers(source, { code: 1, span: 'work' });
  assert.match(stderr, /the work failed/);
});

test('unhandled SIGTERM ends with 143 and delivers', async () => {
  const source = `${SPAN} tracer.startSpan('work'); setInterval(() => {}, 1000); console.log('ready');`;
  await delivers(source, { code: 143, span: 'work', signal: 'SIGTERM' });
});

test('SIGTERM that the work handles is left to the work', async () => {
  const source = `${SPAN} const span = tracer.startSpan('work'); const timer = setInterval(() => {}, 1000);
    process.on('SIGTERM', () => { span.end(); clearInterval(timer); process.exitCode = 5; }); console.log('ready');`;
  await delivers(source, { code: 5, span: 'work', signal: 'SIGTERM' });
});

test('SIGTERM that an earlier preload handles once is left to it', async () => {
  const handles = `process.once('SIGTERM',()=>setImmediate(()=>process.exit(6)))`;
  const env = jobEnvironment(newTraceId(), { NODE_OPTIONS: `--import=data:text/javascript,${handles}` });
  const source = `${SPAN} tracer.startSpan('work'); setInterval(() => {}, 1000); console.log('ready');`;
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
    const source = `${SPAN} tracer.startSpan('work').end();
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
    const source = `${SPAN} tracer.startSpan('work').end();
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
  const { stderr } = await delivers(`${SPAN} tracer.startSpan('work').end(); process.exit(0);`, {
    code: 0,
    span: 'work',
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` },
  });
  assert.equal(stderr, '');
});

for (const [name, end] of Object.entries({ 'natural end': '', 'process.exit': 'process.exit(0);' })) {
  test(`${name}: a bad pair of headers costs no span`, async () => {
    const env = jobEnvironment(newTraceId(), {
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic 100%zz,x-tenant=a',
    });
    await delivers(`${SPAN} tracer.startSpan('work').end(); ${end}`, { code: 0, span: 'work', env });
  });

  test(`${name}: spans that the collector rejects are counted`, async () => {
    let status = 200;
    const { url, close } = await collector((_request, response) =>
      response.writeHead(status).end('{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}'),
    );
    const env = jobEnvironment(newTraceId(), { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    const source = `${SPAN} tracer.startSpan('work').end(); ${end}`;
    const partly = await runProgram(source, env);
    status = 400;
    const wholly = await runProgram(source, env);
    await close();
    assert.match(partly.stderr, /1 span lost: they were rejected: too old/);
    assert.match(wholly.stderr, /1 span lost: they were rejected: .*answered 400/);
  });

  test(`${name}: a header that HTTP cannot send is named`, async () => {
    const env = jobEnvironment(newTraceId(), { OTEL_EXPORTER_OTLP_HEADERS: 'bad name=a' });
    const { stderr } = await runProgram(`${SPAN} tracer.startSpan('work').end(); ${end}`, env);
    assert.match(stderr, /OTEL_EXPORTER_OTLP_HEADERS has pair 1,/);
  });

  test(`${name}: credentials in the endpoint are used and never shown`, async () => {
    const asked: Array<string | undefined> = [];
    let status = 200;
    const { url, close } = await collector((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(status).end();
    });
    const env = jobEnvironment(newTraceId(), {
      OTEL_EXPORTER_OTLP_ENDPOINT: url.replace('//', '//u:pass-word@'),
    });
    const source = `${SPAN} tracer.startSpan('work').end(); ${end}`;
    const { stderr } = await runProgram(source, env);
    assert.equal(stderr, '');
    status = 503;
    const failed = await runProgram(source, env);
    await close();
    const refused = await runProgram(source, env);
    const expected = `Basic ${Buffer.from('u:pass-word').toString('base64')}`;
    assert.deepEqual(asked, [expected, expected]);
    for (const run of [failed, refused]) {
      assert.match(run.stderr, /failed to deliver 1 span/);
      assert.doesNotMatch(run.stderr, /pass-word/);
    }
  });
}

test('the last spans are sent with the network options of the process', async () => {
  const { url, close } = await collector((_request, response) =>
    response.writeHead(200, { 'x-large': 'x'.repeat(20_000) }).end(),
  );
  const env = jobEnvironment(newTraceId(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    NODE_OPTIONS: '--max-http-header-size=65536',
  });
  const { stderr } = await runProgram(`${SPAN} tracer.startSpan('work').end(); process.exit(0);`, env);
  await close();
  assert.equal(stderr, '');
});

test('malformed endpoint with a password is named without it', async () => {
  const env = jobEnvironment(newTraceId(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:pass/word@host:99999',
    OTEL_TRACES_EXPORTER: 'otlp',
  });
  const { code, stderr } = await runProgram(`${SPAN} tracer.startSpan('work').end();`, env);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Could not parse environment-provided export URL/);
  assert.doesNotMatch(stderr, /pass|word/);
});

test('a killed process loses no span of an outage with a journal', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'journal-test-'));
  context.after(() => rm(directory, { recursive: true }));
  const { url, close, asked } = await collector((_request, response) => response.writeHead(503).end());
  const traceId = newTraceId();
  const away = jobEnvironment(traceId, {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_TIMEOUT: '100',
    OTEL_BSP_SCHEDULE_DELAY: '1',
    TELEMETRY_JOURNAL_DIR: directory,
  });
  const killed = await runProgram(
    `${SPAN} tracer.startSpan('given up').end(); tracer.startSpan('open');
      process.stdin.once('data', () => { tracer.startSpan('waiting').end(); process.kill(process.pid, 'SIGKILL'); });`,
    away,
    { stdin: asked },
  );
  await close();
  assert.equal(killed.code, null);
  const back = jobEnvironment(newTraceId(), { TELEMETRY_JOURNAL_DIR: directory });
  const { stderr } = await runProgram(`await fetch('${traces.queryUrl}/api/v3/services');`, back);
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) => found.length === 3);
  assert.deepEqual(spans.map(({ name }) => name).toSorted(), ['given up', 'open', 'waiting'], stderr);
});

test('malformed endpoint is named and the work goes on', async () => {
  const env = jobEnvironment(newTraceId(), { OTEL_EXPORTER_OTLP_ENDPOINT: 'nonsense' });
  const { code, stderr } = await runProgram(`${SPAN} tracer.startSpan('work').end();`, env);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Could not parse environment-provided export URL: 'nonsense'/);
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
    `${SPAN} console.log(tracer.startSpan('work').spanContext().traceId);`,
    env,
  );
  assert.notEqual(stdout.trim(), traceId);
  assert.match(stdout.trim(), /^[0-9a-f]{32}$/);
});

test('telemetry switched off leaves the work alone', async () => {
  const env = jobEnvironment(newTraceId(), { OTEL_SDK_DISABLED: 'true' });
  const { code, stdout, stderr } = await runProgram(
    `${SPAN} tracer.startSpan('work').end(); console.log('done');`,
    env,
  );
  assert.deepEqual({ code, stdout: stdout.trim(), stderr }, { code: 0, stdout: 'done', stderr: '' });
});

async function delivers(
  source: string,
  expected: { code: number; span: string; signal?: NodeJS.Signals; env?: NodeJS.ProcessEnv },
) {
  const traceId = newTraceId();
  const env = { ...expected.env, ...jobEnvironment(traceId) };
  const { code, stderr } = await runProgram(source, env, {
    ...(expected.signal && { signal: expected.signal }),
  });
  assert.equal(code, expected.code, stderr);
  const [span] = await waitForTrace(traces.queryUrl, traceId, (spans) => spans.length === 1);
  assert.equal(span?.name, expected.span);
  assert.equal(span.parentSpanId, PARENT_SPAN);
  return Object.assign(span, { stderr });
}

const jobEnvironment = (traceId: string, own: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...childEnvironment,
  K8S_JOB_NAME: 'report-test',
  TRACEPARENT: `00-${traceId}-${PARENT_SPAN}-01`,
  OTEL_SERVICE_NAME: 'job',
  OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
  ...own,
});

async function collector(answer: RequestListener) {
  const server = await listen(answer);
  return {
    asked: once(server, 'request'),
    url: urlOf(server),
    close: () => cutServer(server),
  };
}
