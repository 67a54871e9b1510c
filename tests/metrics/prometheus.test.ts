import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findFreePort } from '@beyond-headers/local-process';
import { ROOT } from '@beyond-headers/local-process/root';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { LASTING } from '../../services/services.ts';
import { until } from '../support/until.ts';
import { placeOrder } from '../support/writer.ts';
import { queriesOf, readDashboard } from './dashboard.ts';

/* Needs the program prometheus (Debian: apt-get install prometheus). Uses Docker Compose's configuration with other targets. */

const MEASURED = Object.values(LASTING)
  .filter(({ isTraced }) => isTraced)
  .map(({ name }) => name);
const DEADLINE_MS = 90_000;
const PLACE_MS = 1_000;

let system: LocalSystem;
let prometheus: ChildProcess;
let folder: string;
let placing: NodeJS.Timeout;
let url: string;

before(async () => {
  const ports = await Promise.all([...MEASURED, 'prometheus'].map(findFreePort));
  const env = Object.fromEntries(MEASURED.map((name, index) => [name, metricsAt(ports[index]!)]));
  system = await startLocalSystem({ env });
  folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  cpSync(join(ROOT, 'docker/metrics/prometheus.yml'), join(folder, 'prometheus.yml'));
  const targets = ports.slice(0, MEASURED.length).map((port) => `127.0.0.1:${port}`);
  writeFileSync(join(folder, 'targets.yml'), JSON.stringify([{ targets }]));
  const address = `127.0.0.1:${ports.at(-1)}`;
  url = `http://${address}`;
  prometheus = spawn(
    'prometheus',
    ['--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=${address}`],
    { cwd: folder, stdio: 'ignore' },
  );
  const { writer } = system.urls;
  await placeOrder(writer, { report: true });
  await placeOrder(writer, { demo: { failTimes: 1 } });
  // Keeps placing orders, because rates only show changes between two scrapes.
  placing = setInterval(() => void placeOrder(writer).catch(() => {}), PLACE_MS);
});

after(async () => {
  clearInterval(placing);
  if (prometheus?.exitCode === null) {
    prometheus.kill();
    await once(prometheus, 'exit');
  }
  await system?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('Prometheus reads all services', async () => {
  await until(
    () => ask('count(up == 1)'),
    (series) => series[0] === MEASURED.length,
    { deadlineMs: DEADLINE_MS, what: 'all targets up' },
  );
});

for (const { panel, expr } of queriesOf(readDashboard()))
  test(`the panel "${panel}" has data: ${expr}`, async () => {
    await until(
      () => ask(expr.replaceAll('$__rate_interval', '1m')),
      (series) => series.length > 0 && series.every((value) => value >= 0),
      { deadlineMs: DEADLINE_MS, what: `data for ${expr}` },
    );
  });

test('the figures are those of the queue', async () => {
  await until(
    () => ask('max(demo_queue_depth{demo_order_status="fulfilled"})'),
    ([count = 0]) => count > 2,
    {
      deadlineMs: DEADLINE_MS,
      what: 'more than two fulfilled orders',
    },
  );
  await until(
    () => ask('max(demo_jobs{demo_job_phase="succeeded"})'),
    ([count]) => count === 1,
    {
      deadlineMs: DEADLINE_MS,
      what: 'one Job that succeeded',
    },
  );
});

/** Returns the values of a query. Empty while Prometheus starts. Throws if Prometheus rejects the query. */
async function ask(query: string): Promise<number[]> {
  const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`).catch(
    () => undefined,
  );
  if (!response || response.status === 503) return [];
  assert.equal(response.status, 200, `${query}: ${response.status}`);
  const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
  return data.result.map(({ value: [, text] }) => Number(text)).filter((value) => !Number.isNaN(value));
}

const metricsAt = (port: number) => ({
  OTEL_METRICS_EXPORTER: 'prometheus',
  OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
  OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
});
