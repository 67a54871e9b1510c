import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';

const SERVICE_KIT = join(import.meta.dirname, '../../service-kit/src/logger.ts');
const CODE = `
import { trace } from '@opentelemetry/api';
import { createLogger } from ${JSON.stringify(SERVICE_KIT)};
trace.getTracer('test').startActiveSpan('work', (span) => {
  createLogger('job').info('report written');
  span.end();
});`;
const FLUSH_BUDGET_MS = 500;

/** A receiver of logs that answers or holds every request; `bodies` has what it got. */
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

async function runJob(logsUrl: string) {
  const args = ['--import', '@beyond-headers/telemetry/register', '--input-type=module', '--eval', CODE];
  const env = {
    PATH: process.env.PATH,
    TELEMETRY_PROFILE: 'job',
    TELEMETRY_FLUSH_BUDGET_MS: String(FLUSH_BUDGET_MS),
    OTEL_TRACES_EXPORTER: 'console',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: logsUrl,
  };
  const cwd = join(import.meta.dirname, '..');
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
  const [output, [code]] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
  return { code: code as unknown, output: Buffer.concat(output as Buffer[]).toString() };
}

test('a job sends its log lines on before it ends', async (t) => {
  const { url, bodies } = await receiver(t, true);
  const { code, output } = await runJob(url);
  assert.equal(code, 0);
  assert.match(output, /"msg":"report written"/);
  const [, traceId] = /"trace_id":"([0-9a-f]{32})"/.exec(output) ?? [];
  assert.ok(traceId && bodies.join().includes(traceId), 'with the id of its trace');
  assert.match(bodies.join(), /report written/);
});

test('a receiver that does not answer holds no job', { timeout: 60_000 }, async (t) => {
  const { url, bodies } = await receiver(t, false);
  const { code, output } = await runJob(url);
  assert.equal(code, 0);
  assert.match(output, /"msg":"report written"/);
  assert.equal(bodies.length, 1);
});
