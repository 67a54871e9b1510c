import type { CallDeclaration } from './declarations.ts';

/** The requests that services send, for which an instrumentation creates the spans. */
export const REQUESTS: readonly CallDeclaration[] = [
  { service: 'poller', name: 'POST', brief: 'asks the job-launcher for a report' },
  { service: 'job-launcher', name: 'POST', brief: 'creates the Job at the Kubernetes API' },
  { service: 'job-launcher', name: 'GET', brief: 'reads a Job and its pods' },
];

/** The commands that services send to MongoDB, for which an instrumentation creates the spans. */
export const COMMANDS: readonly CallDeclaration[] = [
  {
    service: 'writer',
    name: 'update orders',
    brief:
      'stores an order together with the context, as an upsert, or records that an order is approved, rejected, or cancelled',
  },
  {
    service: 'writer',
    name: 'insert orders',
    brief: 'stores the orders of a `POST /orders/batch`, each together with its context',
  },
  {
    service: 'writer',
    name: 'commitTransaction $cmd',
    brief: 'makes all orders of a `POST /orders/batch` visible at once',
  },
  { service: 'writer', name: 'find orders', brief: 'reads orders' },
  { service: 'poller', name: 'find orders', brief: 'reads dead letters' },
  {
    service: 'poller',
    name: 'update orders',
    brief:
      'stores the parts of an order, records that they were stored or that the report was requested, gives up an order whose pollers died, or requeues a dead letter',
  },
  { service: 'poller', name: 'aggregate $cmd', brief: 'counts orders for `GET /status`' },
  { service: 'report-job', name: 'update orders', brief: 'records the attempt in the order' },
  { service: 'report-job', name: 'aggregate $cmd', brief: "sums up the customer's orders" },
  { service: 'report-job', name: 'insert reports', brief: 'writes the report' },
];
