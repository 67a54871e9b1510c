import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Router } from 'express';
import { createHttpApp } from './http-app.ts';
import { closeServer, listen, urlOf } from './listen.ts';
import { createLogger } from './logger.ts';
import { serve } from './serve.ts';

const logger = createLogger('test', 'silent');
const databaseIsAway = async () => {
  throw new Error('no database');
};
const createApp = () =>
  createHttpApp({
    logger,
    routes: Router(),
    api: { title: 'test', description: 'A test.', operations: {} },
    checks: { database: databaseIsAway },
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
