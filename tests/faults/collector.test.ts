import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { after, before, test } from 'node:test';
import { startFaultSystem, type FaultSystem } from './support/fault-system.ts';

const ORDERS = 40;

let system: FaultSystem;
before(async () => {
  system = await startFaultSystem();
});
after(() => system.stop());

const answering = (listener: RequestListener) => listening(createServer(listener));

async function listening(server: Server): Promise<{ url: string; close: () => void }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const COLLECTORS = {
  refused: async () => ({ url: 'http://127.0.0.1:9', close: () => {} }),
  'answering 503': () => answering((_request, response) => void response.writeHead(503).end()),
  'a black hole': () => listening(createTcpServer(() => {})),
  slow: () => answering((_request, response) => void setTimeout(() => response.end(), 3_000)),
};

for (const [what, start] of Object.entries(COLLECTORS)) {
  test(`collector ${what}: the work is the same and the end orderly`, { timeout: 30_000 }, async () => {
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
    assert.ok(warnings.length <= 2, `one line for the outage, one for the end: ${JSON.stringify(warnings)}`);
    collector.close();
  });
}
