import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { waitForTrace } from '@beyond-headers/traces';
import { collector, delivers, jobEnvironment, newTraceId, TRACER } from './support/job-program.ts';
import { traces } from './support/preload.ts';
import { runProgram } from './support/run-program.ts';

for (const [name, end] of Object.entries({ 'natural end': '', 'process.exit': 'process.exit(0);' })) {
  test(`${name}: a bad pair of headers costs no span`, async () => {
    const env = jobEnvironment(newTraceId(), {
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic 100%zz,x-tenant=a',
    });
    await delivers(`${TRACER} tracer.startSpan('work').end(); ${end}`, { code: 0, span: 'work', env });
  });

  test(`${name}: spans that the collector rejects are counted`, async () => {
    let status = 200;
    const { url, close } = await collector((_request, response) =>
      response.writeHead(status).end('{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}'),
    );
    const env = jobEnvironment(newTraceId(), { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    const source = `${TRACER} tracer.startSpan('work').end(); ${end}`;
    const partly = await runProgram(source, env);
    status = 400;
    const wholly = await runProgram(source, env);
    await close();
    assert.match(partly.stderr, /1 span lost: they were rejected: too old/);
    assert.match(wholly.stderr, /1 span lost: they were rejected: .*answered 400/);
  });

  test(`${name}: a header that HTTP cannot send is named`, async () => {
    const env = jobEnvironment(newTraceId(), { OTEL_EXPORTER_OTLP_HEADERS: 'bad name=a' });
    const { stderr } = await runProgram(`${TRACER} tracer.startSpan('work').end(); ${end}`, env);
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
    const source = `${TRACER} tracer.startSpan('work').end(); ${end}`;
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
  const { stderr } = await runProgram(`${TRACER} tracer.startSpan('work').end(); process.exit(0);`, env);
  await close();
  assert.equal(stderr, '');
});

test('malformed endpoint with a password is named without it', async () => {
  const env = jobEnvironment(newTraceId(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:pass/word@host:99999',
    OTEL_TRACES_EXPORTER: 'otlp',
  });
  const { code, stderr } = await runProgram(`${TRACER} tracer.startSpan('work').end();`, env);
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
    `${TRACER} tracer.startSpan('given up').end(); tracer.startSpan('open');
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
  const { code, stderr } = await runProgram(`${TRACER} tracer.startSpan('work').end();`, env);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Could not parse environment-provided export URL: 'nonsense'/);
});
