/**
 * What a service says of itself, once: `npm start`, MongoDB's users, the manifests and the reference are made from it or compared
 * with it. Data only, so that each of them can read it without the service's code.
 */
export interface ServiceDescription {
  /** Also the name of its folder, image, user of MongoDB, and ServiceAccount. */
  name: string;
  needs: Needs;
  /** What else it gets from the system that it runs in, by the variable. */
  environment: Readonly<Record<string, SystemValue>>;
}

/** A service that takes requests until it is stopped. */
export interface LastingService extends ServiceDescription {
  port: { variable: string; number: number };
  /** Whether it is started with `--import @beyond-headers/telemetry/register`. */
  isTraced: boolean;
  /** Whether it does nothing before it is called, so that it may start before the services that it calls. */
  isIdleUntilCalled?: boolean;
  /** Options of Node.js that only its start from the sources needs. */
  nodeOptions?: readonly string[];
}

export interface Needs {
  /** Its rights in MongoDB. It gets `MONGODB_URI` and `MONGODB_DATABASE`. */
  mongodb?: readonly CollectionRights[];
  /** Its rights in its namespace. It gets `KUBECONFIG`, or in a pod the token of its ServiceAccount. */
  kubernetes?: readonly ResourceRights[];
  /** Services that it calls, by the variable that it gets the URL in. */
  services?: Readonly<Record<string, string>>;
}

/** https://www.mongodb.com/docs/manual/reference/privilege-actions/ */
export interface CollectionRights {
  collection: string;
  actions: readonly string[];
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
export interface ResourceRights {
  /** Empty for the core group. */
  apiGroup: string;
  resource: string;
  verbs: readonly string[];
}

/** What differs from system to system. Where a system does not set a value, the default of the service's `config.ts` holds. */
export type SystemValue =
  /** Whether the demo may break what it shows. */
  | 'demo-controls'
  /** Where people open a trace. */
  | 'traces'
  /** Where a service reads traces. */
  | 'traces-query'
  | 'job-namespace'
  | 'job-image'
  | 'job-service-account'
  | 'job-mongodb-secret'
  | 'mongodb-database'
  /** Where spans go. */
  | 'otlp'
  /** Where log lines go, if anywhere. */
  | 'logs'
  /** Where a service reads log lines. */
  | 'logs-query';

/** The environment of a service that obeys the demo's switches. */
export const OBEYS_SWITCHES = { DEMO_CONTROLS: 'demo-controls' } as const satisfies Record<
  string,
  SystemValue
>;

/** Where every lasting service answers for its health. */
export const PROBES = { startup: '/startupz', readiness: '/readyz', liveness: '/livez' } as const;
