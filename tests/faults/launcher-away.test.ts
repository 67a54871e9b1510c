import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, test } from 'node:test';
import { until } from '../support/until.ts';
import { reachesExactTree } from './support/exact-tree.ts';
import { isLong, startFaultSystem } from './support/fault-system.ts';
import type { ServiceProcess } from './support/service-process.ts';

const AWAY_MS = isLong ? 60_000 : 1_500;
const REPORTS = isLong ? 40 : 15;

const system = await startFaultSystem();
let poller: ServiceProcess;
after(() => system.stop());
afterEach(() => poller.kill());

const answering =
  (status: number, headers = {}): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, headers).end('{}');
  };

const WAYS: Record<string, RequestListener | undefined> = {
  'refuses connections': undefined,
  'answers 503': answering(503),
  'answers 503 with Retry-After': answering(503, { 'retry-after': '1' }),
  'answers 429 with a date': answering(429, { 'retry-after': new Date(Date.now() + 1_000).toUTCString() }),
  'hangs up': (request) => void request.destroy(),
};

for (const [way, how] of Object.entries(WAYS)) {
  test(
    `a launcher that ${way} for ${AWAY_MS} ms costs no order an attempt`,
    { timeout: 300_000 },
    async () => {
      const startedAt = performance.now();
      await system.sink.goAway(how);
      poller = await system.poller({ RETRY_BASE_MS: '200', MAX_ATTEMPTS: '2', LEASE_MS: '30000' });
      const first = await system.place({ report: true });
      // A claim that began before the circuit opened may take any order, and is not what this test is about. When the first probe has
      // failed, that claim is over.
      await until(
        async () => (await system.orders.findOne({ _id: first }))?.history ?? [],
        (history) => history.filter(({ outcome }) => outcome === 'postponed').length > 1,
        { what: 'a failed probe' },
      );
      assert.ok(said('a dependency is unavailable'), 'an open circuit');
      const later = await Promise.all(Array.from({ length: REPORTS }, () => system.place({ report: true })));
      const others = await Promise.all(Array.from({ length: 10 }, () => system.place()));
      const reports = [first, ...later];
      // Orders without a report are fulfilled while those with one wait.
      for (const id of others) assert.equal((await system.fulfilled(id)).attempts, 1);
      await delay(AWAY_MS);
      const [before] = await system.orders.find({ _id: { $in: reports }, status: 'fulfilled' }).toArray();
      assert.equal(before, undefined);
      const probes = system.sink.callsWhileAway;
      const awayMs = performance.now() - startedAt;
      await system.sink.comeBack();
      for (const id of reports) {
        const order = await system.fulfilled(id, 2 * AWAY_MS + 20_000);
        assert.equal(order.attempts, 1);
        assert.equal(system.sink.calls.get(id), 1);
        await reachesExactTree(order);
      }
      // Probes run one at a time, with exponential backoff: the first wait is at least 100 ms, and each later one is twice as long.
      assert.ok(probes <= 2 + Math.log2(awayMs / 100), `${probes} calls in ${awayMs} ms`);
      await assertPostponedInTrace(reports);
      await until(async () => said('the dependency is available again'), Boolean, {
        what: 'a closed circuit',
      });
    },
  );
}

const said = (text: string) => poller.log.some(({ msg }) => msg.startsWith(text));

async function assertPostponedInTrace(ids: string[]): Promise<void> {
  const postponed = await system.orders.find({ _id: { $in: ids }, 'history.outcome': 'postponed' }).toArray();
  assert.ok(postponed.length > 0);
  const [spans] = await Promise.all(postponed.slice(0, 1).map((order) => reachesExactTree(order)));
  const attempt = spans?.find(({ attributes }) => attributes['demo.outcome'] === 'postponed');
  assert.deepEqual([attempt?.status.code, attempt?.attributes['demo.attempt']], ['ERROR', 1]);
  assert.ok(attempt?.attributes['demo.retry.at']);
}
