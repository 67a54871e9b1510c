import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';

import { PORTS, readPorts, resolvePorts } from './ports.ts';

test('ports come from their variables', () => {
  const ports = readPorts({ WRITER_PORT: '9001', POLLER_PORT: ' ', OTLP_HTTP_PORT: '0' });
  assert.deepEqual([ports.writer, ports.poller, ports.otlp, ports.mongodb], [9001, 8082, 0, 0]);
});

test('a bad port names its variable', () => {
  for (const bad of ['http', '-1', '65536', '80.5']) {
    assert.throws(() => readPorts({ TRACES_PORT: bad }), {
      message: `TRACES_PORT is not a port: got "${bad}". Expected 0 (a free one) to 65535.`,
    });
  }
});

test('every zero becomes another free port', async () => {
  const ports = Object.values(await resolvePorts({}));
  assert.equal(new Set(ports).size, Object.keys(PORTS).length);
  assert.ok(ports.every((port) => port > 1_024));
});

test('a taken port names its variable', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await assert.rejects(resolvePorts({ jobLauncher: port }), (error: Error) => {
    assert.match(error.message, new RegExp(`port ${port} \\(JOB_LAUNCHER_PORT\\) is taken`));
    assert.match(error.message, /JOB_LAUNCHER_PORT=0 npm start/);
    return true;
  });
});

test('a port about to be free is waited for', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const resolving = resolvePorts({ writer: port }, 5_000);
  server.close();
  assert.equal((await resolving).writer, port);
});
