import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '@beyond-headers/service-kit/config';
import type { MongoClient } from 'mongodb';
import { mongoInitConfig } from './config.ts';
import { passwordOf } from './credentials.ts';
import { electedOf, untilElected } from './election.ts';
import { grant, isGranted } from './grant.ts';
import { connectAsRoot } from './root.ts';
import { SERVICES } from './services.ts';

/**
 * Does the work of `main.ts` beside MongoDB in its pod, with given passwords, one file for each user. Keeps running, and reports whether
 * the member belongs to a replica set with a primary. A pod with new data gets its users again automatically.
 * Every member has a sidecar. The one beside the primary creates the users, and the others wait for them.
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
  const { MONGODB_ADDRESS: address, MONGODB_MEMBER: member, MONGODB_MEMBERS: members = [member] } = config;
  const client = await connectAsRoot({ address, member, members }, await given('root'));
  try {
    const { isPrimary, primary } = await untilElected(client);
    for (const service of SERVICES) {
      if (isPrimary) await grant(client, service, await given(service.name));
      // Waits for replication. Otherwise, this member could become the primary without the user, and would never create it.
      else if (!(await isGranted(client, service)))
        throw new Error(`MongoDB at ${member} waits for the users that ${primary} makes.`);
    }
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
  const elected = root && (await electedOf(root).catch(() => undefined));
  return elected !== undefined;
}
