import type { MongoClient } from 'mongodb';
import type { ServiceAccess } from './services.ts';

/** Creates or updates the user and the role of a service. The user's open connections stay valid. */
export async function grant(
  root: MongoClient,
  { name, privileges, database }: ServiceAccess,
  password: string,
): Promise<void> {
  const db = root.db(database);
  const { roles } = await db.command({ rolesInfo: name });
  await db.command({ [roles.length > 0 ? 'updateRole' : 'createRole']: name, privileges, roles: [] });
  const { users } = await db.command({ usersInfo: name });
  await db.command({
    [users.length > 0 ? 'updateUser' : 'createUser']: name,
    pwd: password,
    roles: [{ role: name, db: database }],
  });
}

/** Reports whether the connected member has the user of a service. */
export async function isGranted(root: MongoClient, { name, database }: ServiceAccess): Promise<boolean> {
  const { users } = await root
    .db(database, { readPreference: 'secondaryPreferred' })
    .command({ usersInfo: name });
  return users.length > 0;
}
