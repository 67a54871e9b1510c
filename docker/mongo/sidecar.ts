import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '@beyond-headers/service-kit/config';
import type { MongoClient } from 'mongodb';
import { mongoInitConfig } from './config.ts';
import { passwordOf } from './credentials.ts';
import { grant } from './grant.ts';
import { connectAsRoot } from './root.ts';
import { SERVICES } from './services.ts';

/**
 * The same as `main.ts`, beside MongoDB in its pod: the passwords are given, as a file for each user, and it stays, to say whether
 * there is a primary. A pod whose data are new gets its users again without anybody's help.
 */
const config = readConfig(mongoInitConfig);
const RETRY_MS = 500;

let root: MongoClient | undefined;

const health = createServer((request, response) => {
  const answer = request.url === '/readyz' ? isReady() : Promise.resolve(true);
  void answer.then((ok) => response.writeHead(ok ? 200 : 503).end());
}).listen(config.HEALTH_PORT, config.HOST);

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

while (!root && !stopped.signal.aborted) {
  try {
    root = await prepare();
    console.log(`replica set and users are ready: ${SERVICES.map(({ name }) => name).join(', ')}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await delay(RETRY_MS, undefined, { signal: stopped.signal }).catch(() => {});
  }
}
if (!stopped.signal.aborted)
  await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve));
health.close();
await root?.close();

async function prepare(): Promise<MongoClient> {
  const client = await connectAsRoot(config.MONGODB_ADDRESS, config.MONGODB_MEMBER, await given('root'));
  try {
    for (const service of SERVICES) await grant(client, service, await given(service.name));
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function given(user: string): Promise<string> {
  return passwordOf(await readFile(`${config.CREDENTIALS_DIR}/${user}`, 'utf8'));
}

async function isReady(): Promise<boolean> {
  const hello = await root
    ?.db('admin')
    .command({ hello: 1 })
    .catch(() => undefined);
  return hello?.['isWritablePrimary'] === true;
}
