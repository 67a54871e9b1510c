import { readConfig } from '@beyond-headers/service-kit/config';
import type { MongoClient } from 'mongodb';
import { mongoInitConfig } from './config.ts';
import { passwordIn, storeUri, uriFor } from './credentials.ts';
import { grant } from './grant.ts';
import { connectAsRoot } from './root.ts';
import { SERVICES, type ServiceAccess } from './services.ts';

/**
 * Creates the replica set, its root user, and a user for each service. Only the service's volume holds the user's password. Keeps what
 * exists already, and corrects what differs from `services.ts`.
 */
const { CREDENTIALS_DIR, MONGODB_ADDRESS, MONGODB_MEMBER } = readConfig(mongoInitConfig);

try {
  const member = { address: MONGODB_ADDRESS, member: MONGODB_MEMBER, members: [MONGODB_MEMBER] };
  const root = await connectAsRoot(member, await passwordIn(`${CREDENTIALS_DIR}/root`));
  try {
    for (const service of SERVICES) await giveAccess(root, service);
  } finally {
    await root.close();
  }
  console.log(`replica set and users are ready: ${SERVICES.map(({ name }) => name).join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function giveAccess(root: MongoClient, service: ServiceAccess): Promise<void> {
  const { name, database } = service;
  const folder = `${CREDENTIALS_DIR}/${name}`;
  const password = await passwordIn(folder);
  await grant(root, service, password);
  await storeUri(folder, uriFor({ user: name, password, member: MONGODB_MEMBER, database }));
}
