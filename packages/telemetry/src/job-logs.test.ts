import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { startCollector } from './testing/collector.ts';

const { PATH, NODE_COMPILE_CACHE } = process.env;
const SERVICE_KIT = join(import.meta.dirname, '../../service-kit/src/logger.ts');
const PARTS = `
import { trace } from '@opentelemetry/api';
import { createLogger } from ${JSON.stringify(SERVICE_KIT)};
const tracer = trace.getTracer('test');
const logger = createLogger('job');`;
const WORK = `${PARTS}
tracer.startActiveSpan('work', (span) => {
  logger.info('report written');
  span.end();
});`;
/** Work that takes longer than a line waits for its batch, so the batch is in flight when the work ends. */
const LONG_WORK = `${PARTS}
logger.info('report begun');
setTimeout(() => process.stdout.write(JSON.stringify({ endedAtMs: Date.now() }) + '\\n'), 1_500);`;
const FLUSH_BUDGET_MS = 500;
/** For tests of what is sent: enough time even on a busy machine. */
const AMPLE_MS = 3_000;
const AMPLE = { TELEMETRY_FLUSH_BUDGET_MS: String(AMPLE_MS) };
/** How long a process may take to end on a busy machine. Upstream's exporter would keep it alive for 10 s. */
const SLACK_MS = 2_500;

/** Starts a receiver of logs that either responds to every request or never responds. `bodies` has the bodies that it received. */
async function receiver(t: TestContext, answers: boolean) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      if (answers) response.end('{}');
    });
  });
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`, bodies };
}

interface Job {
  code?: string;
  env?: Record<string, string>;
  /** The source of a module that is loaded before telemetry. */
  preload?: string;
}

async function runJob(logsUrl: string, { code: source = WORK, env: more, preload = '' }: Job = {}) {
  const preloads = [
    `data:text/javascript,${encodeURIComponent(preload)}`,
    '@beyond-headers/telemetry/register',
  ];
  const imports = preloads.flatMap((each) => ['--import', each]);
  const args = [...imports, '--input-type=module', '--eval', source];
  const env = {
    PATH,
    NODE_COMPILE_CACHE,
    TELEMETRY_PROFILE: 'job',
    TELEMETRY_FLUSH_BUDGET_MS: String(FLUSH_BUDGET_MS),
    OTEL_TRACES_EXPORTER: 'console',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: logsUrl,
    ...more,
  };
  const cwd = join(import.meta.dirname, '..');
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit').then(([code]) => ({ code: code as unknown, exitedAtMs: Date.now() }));
  const [output, errors, ended] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { output, warnings: errors.split('\n').filter(Boolean), ...ended };
}

const endOfWork = (output: string): number => Number(/"endedAtMs":(\d+)/.exec(output)?.[1]);

test('a job sends its log lines on before it ends', async (t) => {
  const { url, bodies } = await receiver(t, true);
  const { code, output, warnings } = await runJob(url);
  assert.equal(code, 0);
  assert.match(output, /"msg":"report written"/);
  const [, traceId] = /"trace_id":"([0-9a-f]{32})"/.exec(output) ?? [];
  assert.ok(traceId && bodies.join().includes(traceId), 'with the id of its trace');
  assert.match(bodies.join(), /report written/);
  assert.deepEqual(warnings, []);
});

test('a receiver that does not answer holds no job', { timeout: 60_000 }, async (t) => {
  const { url, bodies } = await receiver(t, false);
  const { code, output } = await runJob(url);
  assert.equal(code, 0);
  assert.match(output, /"msg":"report written"/);
  assert.equal(bodies.length, 1);
});

for (const [what, urlOf] of Object.entries({
  'holds every request': async (t: TestContext) => (await receiver(t, false)).url,
  'refuses connections': () => Promise.resolve('http://127.0.0.1:1/v1/logs'),
})) {
  test(`a receiver that ${what} holds no longer job`, { timeout: 60_000 }, async (t) => {
    const { code, output, warnings, exitedAtMs } = await runJob(await urlOf(t), { code: LONG_WORK });
    assert.equal(code, 0);
    const tookMs = exitedAtMs - endOfWork(output);
    assert.ok(tookMs < FLUSH_BUDGET_MS + SLACK_MS, `the end took ${tookMs} ms`);
    assert.equal(warnings.length, 1, warnings.join('\n'));
  });
}

test('a receiver that is away costs no open span', { timeout: 60_000 }, async (t) => {
  const { url } = await receiver(t, false);
  const collector = await startCollector(t);
  const { code } = await runJob(url, {
    code: `${PARTS} tracer.startActiveSpan('open', () => logger.info('begun'));`,
    env: { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...AMPLE },
  });
  assert.equal(code, 0);
  assert.deepEqual(collector.names(), ['open']);
});

test('a receiver that is away holds no stop of a service', { timeout: 60_000 }, async (t) => {
  const { url } = await receiver(t, false);
  const collector = await startCollector(t);
  const { code, output, exitedAtMs } = await runJob(url, {
    code: `import { shutdownTelemetry } from '@beyond-headers/telemetry';
      ${LONG_WORK}
      tracer.startSpan('open');
      setTimeout(() => shutdownTelemetry().then(() => process.exit(0)), 1_500);`,
    env: {
      TELEMETRY_PROFILE: 'service',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      ...AMPLE,
    },
  });
  assert.equal(code, 0);
  const tookMs = exitedAtMs - endOfWork(output);
  assert.ok(tookMs < AMPLE_MS + SLACK_MS, `the end took ${tookMs} ms`);
  assert.deepEqual(collector.names(), ['open']);
});

test('spans are sent where log lines can not be', { timeout: 60_000 }, async (t) => {
  const collector = await startCollector(t);
  const { code, warnings } = await runJob('http://127.0.0.1:1/v1/logs', {
    env: { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...AMPLE },
    preload: `import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) {
        if (name === '@opentelemetry/sdk-logs') throw new Error('sdk-logs is not installed');
        return next(name, context);
      } });`,
  });
  assert.equal(code, 0);
  assert.deepEqual(collector.names(), ['work']);
  assert.match(warnings.join('\n'), /log lines are on stdout alone.*sdk-logs is not installed/);
});

test('a job that is to print log lines posts none', { timeout: 60_000 }, async (t) => {
  const { url, bodies } = await receiver(t, true);
  const { code, warnings } = await runJob(url, { env: { OTEL_LOGS_EXPORTER: 'console' } });
  assert.equal(code, 0);
  assert.deepEqual(bodies, []);
  assert.match(warnings.join('\n'), /^.*OTEL_LOGS_EXPORTER has .*console.*: expected otlp, none in a job.*$/);
});
