import { readConfig } from '@beyond-headers/service-kit/config';
import type { MongoClient } from 'mongodb';
import { mongoInitConfig } from './config.ts';
import { passwordIn, storeUri, uriFor } from './credentials.ts';
import { grant } from './grant.ts';
import { connectAsRoot } from './root.ts';
import { SERVICES, type ServiceAccess } from './services.ts';

/**
 * Makes the replica set, its root user, and for each service a user with a password of its own, which only the service's volume
 * holds. What is there already stays; what differs from `services.ts` is put right.
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
