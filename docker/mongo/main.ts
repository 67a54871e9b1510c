import { readConfig } from '@beyond-headers/service-kit/config';
import type { MongoClient } from 'mongodb';
import { mongoInitConfig } from './config.ts';
import { passwordIn, storeUri, uriFor } from './credentials.ts';
import { connectAsRoot } from './root.ts';
import { SERVICES, type ServiceAccess } from './services.ts';

/**
 * Makes the replica set, its root user, and for each service a user with a password of its own, which only the service's volume
 * holds. What is there already stays; what differs from `services.ts` is put right.
 */
const { CREDENTIALS_DIR, MONGODB_ADDRESS, MONGODB_MEMBER } = readConfig(mongoInitConfig);

try {
  const root = await connectAsRoot(MONGODB_ADDRESS, MONGODB_MEMBER, `${CREDENTIALS_DIR}/root`);
  try {
    for (const service of SERVICES) await grant(root, service);
  } finally {
    await root.close();
  }
  console.log(`replica set and users are ready: ${SERVICES.map(({ name }) => name).join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function grant(root: MongoClient, { name, privileges, database }: ServiceAccess): Promise<void> {
  const db = root.db(database);
  const folder = `${CREDENTIALS_DIR}/${name}`;
  const password = await passwordIn(folder);
  const { roles } = await db.command({ rolesInfo: name });
  await db.command({ [roles.length > 0 ? 'updateRole' : 'createRole']: name, privileges, roles: [] });
  const { users } = await db.command({ usersInfo: name });
  await db.command({
    [users.length > 0 ? 'updateUser' : 'createUser']: name,
    pwd: password,
    roles: [{ role: name, db: database }],
  });
  await storeUri(folder, uriFor({ user: name, password, member: MONGODB_MEMBER, database }));
}
