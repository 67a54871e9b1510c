import { IN_DEMO } from '../../services/services.ts';

const DATABASE = 'beyond_headers';

/** The privileges of a service in MongoDB: https://www.mongodb.com/docs/manual/reference/privilege-actions/ */
export interface ServiceAccess {
  /** The name of the user, its role, and the folder for its password. */
  name: string;
  database: string;
  privileges: Array<{ resource: { db: string; collection: string }; actions: readonly string[] }>;
}

/** The services that use MongoDB, with the privileges that their descriptions declare. */
export const SERVICES: ServiceAccess[] = IN_DEMO.flatMap(({ name, needs: { mongodb } }) => {
  if (!mongodb) return [];
  const privileges = mongodb.map(({ collection, actions }) => ({
    resource: { db: DATABASE, collection },
    actions,
  }));
  return [{ name, database: DATABASE, privileges }];
});
