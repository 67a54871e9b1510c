import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { DeliveryStatus } from '@beyond-headers/telemetry';
import { DEAD_COLLECTORS, startCollector } from '../support/collector.ts';
import { passOn } from './support/pass-on.ts';
import { reachesExactTree } from './support/exact-tree.ts';
import { startFaultSystem } from './support/fault-system.ts';

const ORDERS = 40;

const system = await startFaultSystem();
after(() => system.stop());

const startSlow = () => startCollector((_request, response) => void setTimeout(() => response.end(), 3_000));

for (const [what, start] of Object.entries({ ...DEAD_COLLECTORS, 'is slow': startSlow })) {
  test(
    `collector ${what}: the work succeeds and the process ends normally`,
    { timeout: 30_000 },
    async () => {
      const collector = await start();
      const poller = await system.poller({
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        TELEMETRY_JOURNAL_DIR: '',
      });
      const ids = await Promise.all(Array.from({ length: ORDERS }, () => system.place()));
      for (const id of ids) assert.equal((await system.fulfilled(id)).attempts, 1);
      const startedAt = performance.now();
      await poller.stop();
      assert.equal(await poller.ended, 0);
      assert.ok(performance.now() - startedAt < 10_000);
      const warnings = poller.log.filter(({ level, name }) => level === 'warn' && name === 'telemetry');
      assert.ok(
        warnings.length <= 2,
        `one line for the outage, one for the losses: ${JSON.stringify(warnings)}`,
      );
      await collector.close();
    },
  );
}

test('spans that the queue has no room for are said and counted', { timeout: 30_000 }, async () => {
  const collector = await startSlow();
  const poller = await system.poller({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_MAX_QUEUE_SIZE: '2',
    TELEMETRY_JOURNAL_DIR: '',
  });
  const ids = await Promise.all(Array.from({ length: ORDERS }, () => system.place()));
  for (const id of ids) await system.fulfilled(id);
  const { spans } = (await (await fetch(`${poller.url}/status`)).json()) as { spans: DeliveryStatus };
  assert.ok(spans.lost.queue_full > ORDERS, JSON.stringify(spans));
  const lines = poller.log.filter(({ msg }) => /the queue was full/.test(msg));
  assert.equal(lines.length, 1, 'at once, and then not before a minute is over');
  await poller.kill();
  await collector.close();
});

test('an outage of the collector costs no span with a journal', { timeout: 60_000 }, async () => {
  let isAway = true;
  const gate = await startCollector((request, response) => {
    if (isAway) response.writeHead(503).end();
    else void passOn(request, response);
  });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: gate.url, OTEL_EXPORTER_OTLP_TIMEOUT: '200' };
  const [victim, survivor] = [await system.poller(env), await system.poller(env)];
  const ids = await Promise.all(Array.from({ length: ORDERS }, () => system.place()));
  for (const id of ids) await system.fulfilled(id);
  await victim.kill();
  const next = await system.poller(env);
  isAway = false;
  for (const id of ids) {
    // The journal retries every 5 s.
    await reachesExactTree(await system.fulfilled(id), 30_000);
  }
  for (const poller of [survivor, next]) await poller.stop();
  await gate.close();
});
