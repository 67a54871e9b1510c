/**
 * The description of a service. `npm start`, MongoDB's users, the manifests, and the reference are generated from it or compared
 * with it. It has only data, so that they can read it without the service's code.
 */
export interface ServiceDescription {
  /** Also the name of its folder, image, user of MongoDB, and ServiceAccount. */
  name: string;
  needs: Needs;
  /** Other values that the service gets from the system in which it runs, by variable. */
  environment: Readonly<Record<string, SystemValue>>;
}

/** A service that handles requests until it is stopped. */
export interface LastingService extends ServiceDescription {
  port: { variable: string; number: number };
  /** Whether it is started with `--import @beyond-headers/telemetry/register`. */
  isTraced: boolean;
  /** Whether it does nothing before it is called. It may then start before the services that it calls. */
  isIdleUntilCalled?: boolean;
  /** Options of Node.js that are necessary only if it runs from the sources. */
  nodeOptions?: readonly string[];
}

export interface Needs {
  /** Its rights in MongoDB. It gets `MONGODB_URI` and `MONGODB_DATABASE`. */
  mongodb?: readonly CollectionRights[];
  /** Its rights in its namespace. It gets `KUBECONFIG`, or in a pod the token of its ServiceAccount. */
  kubernetes?: readonly ResourceRights[];
  /** The services that it calls, by the variable that holds the URL. */
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

/** A value that depends on the system. If a system doesn't set it, the default in the service's `config.ts` applies. */
export type SystemValue =
  /** Whether the service obeys the demo's switches. */
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

/** The paths of the health probes of every lasting service. */
export const PROBES = { startup: '/startupz', readiness: '/readyz', liveness: '/livez' } as const;
