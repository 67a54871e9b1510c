const DATABASE = 'beyond_headers';
const ORDERS = { db: DATABASE, collection: 'orders' };
const REPORTS = { db: DATABASE, collection: 'reports' };

/** Who may do what in MongoDB: https://www.mongodb.com/docs/manual/reference/privilege-actions/ */
export interface ServiceAccess {
  /** Name of the user, of its role and of the folder that its password goes to. */
  name: string;
  database: string;
  privileges: Array<{ resource: { db: string; collection: string }; actions: string[] }>;
}

/** A new service that uses MongoDB is a row here, a volume in docker-compose.yml and a folder in the tools image. */
export const SERVICES: ServiceAccess[] = [
  {
    name: 'writer',
    database: DATABASE,
    privileges: [{ resource: ORDERS, actions: ['find', 'insert', 'update', 'createIndex'] }],
  },
  {
    name: 'poller',
    database: DATABASE,
    privileges: [{ resource: ORDERS, actions: ['find', 'update', 'createIndex', 'changeStream'] }],
  },
  {
    name: 'report-job',
    database: DATABASE,
    privileges: [
      { resource: ORDERS, actions: ['find', 'update'] },
      { resource: REPORTS, actions: ['find', 'insert'] },
    ],
  },
];
