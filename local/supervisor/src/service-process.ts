import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { PROBES, type LastingService, type SystemValue } from '@beyond-headers/service-kit/service';
import { JOBS } from '../../../services/services.ts';
import { imageOf } from './images.ts';
import { HOST, localUrls, servicePort, urlOf } from './ports.ts';
import { PRELOAD, type ProcessDefinition, type SystemContext } from './process-definition.ts';

/**
 * The Secret from which pods get the address of the database. The address may contain a password, and anyone who can read a Job
 * can read its environment.
 */
export const JOB_SECRET = { namespace: 'default', name: `${JOBS.reportJob.name}-mongodb` };

/** Returns how to start a service from its sources, according to its description. */
export function serviceProcess(service: LastingService, system: SystemContext): ProcessDefinition {
  const { name, isTraced, isIdleUntilCalled, nodeOptions = [], needs } = service;
  const stores = [...(needs.mongodb ? ['mongod'] : []), ...(needs.kubernetes ? ['cluster'] : [])];
  const called = Object.values(needs.services ?? {});
  return {
    name,
    args: [...nodeOptions, ...(isTraced ? PRELOAD : []), 'main.ts'],
    cwd: join(ROOT, 'services', name),
    env: environmentOf(service, system),
    readyUrl: urlOf(servicePort(system.ports, name)) + PROBES.readiness,
    uses: ['trace-store', ...stores, ...called],
    awaits: isIdleUntilCalled ? stores : [...stores, ...called],
  };
}

function environmentOf(service: LastingService, system: SystemContext): NodeJS.ProcessEnv {
  const { name, port, isTraced, needs, environment } = service;
  const { ports, mongodbUri, mongodbDatabase, kubeconfig, journals } = system;
  const values = systemValues(system);
  return {
    HOST,
    [port.variable]: String(servicePort(ports, name)),
    OTEL_EXPORTER_OTLP_ENDPOINT: urlOf(ports.otlp),
    ...(isTraced && { OTEL_SERVICE_NAME: name, TELEMETRY_JOURNAL_DIR: journals, OTEL_LOGS_EXPORTER: 'otlp' }),
    ...(needs.mongodb && { MONGODB_URI: mongodbUri, MONGODB_DATABASE: mongodbDatabase }),
    ...(needs.kubernetes && { KUBECONFIG: kubeconfig }),
    ...mapped(needs.services ?? {}, (called) => urlOf(servicePort(ports, called))),
    ...mapped(environment, (value) => values[value]),
  };
}

function systemValues({ ports, mongodbDatabase }: SystemContext): Partial<Record<SystemValue, string>> {
  const { traces, otlp } = localUrls(ports);
  return {
    'demo-controls': 'on',
    traces,
    'job-namespace': JOB_SECRET.namespace,
    'job-image': imageOf(JOBS.reportJob),
    'job-mongodb-secret': JOB_SECRET.name,
    'mongodb-database': mongodbDatabase,
    otlp,
    logs: otlp,
    'logs-query': traces,
  };
}

function mapped<From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
