import { IN_DEMO } from '../../services/services.ts';

const DATABASE = 'beyond_headers';

/** Who may do what in MongoDB: https://www.mongodb.com/docs/manual/reference/privilege-actions/ */
export interface ServiceAccess {
  /** Name of the user, of its role and of the folder that its password goes to. */
  name: string;
  database: string;
  privileges: Array<{ resource: { db: string; collection: string }; actions: readonly string[] }>;
}

/** Every service that uses MongoDB, with the rights that it says it needs. */
export const SERVICES: ServiceAccess[] = IN_DEMO.flatMap(({ name, needs: { mongodb } }) => {
  if (!mongodb) return [];
  const privileges = mongodb.map(({ collection, actions }) => ({
    resource: { db: DATABASE, collection },
    actions,
  }));
  return [{ name, database: DATABASE, privileges }];
});
