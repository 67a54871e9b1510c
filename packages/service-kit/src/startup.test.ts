import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Router } from 'express';
import { createHttpApp, type ReadinessChecks } from './http-app.ts';
import { closeServer, listen, urlOf } from './listen.ts';
import { createLogger } from './logger.ts';
import { serve } from './serve.ts';

const logger = createLogger('test', 'silent');
const databaseIsAway = async () => {
  throw new Error('no database');
};
const createApp = (checks: ReadinessChecks = { database: databaseIsAway }) =>
  createHttpApp({
    logger,
    routes: Router(),
    api: { title: 'test', description: 'A test.', operations: {} },
    checks,
  });

async function ask(server: Awaited<ReturnType<typeof listen>>, path: string): Promise<number> {
  const response = await fetch(urlOf(server) + path, { headers: { connection: 'close' } });
  await response.arrayBuffer();
  return response.status;
}

test('a process that only listens has not started', async () => {
  const server = await listen(createApp());
  try {
    assert.equal(await ask(server, '/startupz'), 503);
    assert.equal(await ask(server, '/livez'), 200);
  } finally {
    await closeServer(server);
  }
});

test('a service starts before its database', async () => {
  const server = await serve({ app: createApp(), host: '127.0.0.1', port: 0, logger });
  try {
    assert.equal(await ask(server, '/startupz'), 200);
    assert.equal(await ask(server, '/readyz'), 503);
  } finally {
    await closeServer(server);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.removeAllListeners(signal);
  }
});

test('every failed check is named, however it fails', async () => {
  const app = createApp({
    well: async () => {},
    // Node.js gives no message if all addresses of a host refuse the connection.
    silent: () => Promise.reject(new AggregateError([])),
    early: () => {
      throw new Error('before its promise');
    },
  });
  const server = await listen(app);
  try {
    const response = await fetch(`${urlOf(server)}/readyz`, { headers: { connection: 'close' } });
    const missing = [
      { name: 'silent', error: '' },
      { name: 'early', error: 'before its promise' },
    ];
    assert.deepEqual([response.status, await response.json()], [503, { status: 'not ready', missing }]);
  } finally {
    await closeServer(server);
  }
});
