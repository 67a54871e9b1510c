import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { TELEMETRY_VARIABLES } from '../../../packages/telemetry/src/variables.ts';
import { PROCESSES } from '../../../scripts/reference/variables/sources.ts';
import { IN_CLUSTER } from '../../../services/all-services.ts';
import { LASTING } from '../../../services/services.ts';
import type { EnvVar } from '../hardening/kubernetes-object.ts';

/** Processes whose container has another name. `users` runs beside MongoDB, and creates its users. */
const CONTAINERS: Record<string, string> = { 'mongo-init': 'users' };
/** Processes that `npm start` runs in place of Jaeger and Kubernetes. */
const STAND_INS = ['trace-store', 'cluster'];

/** The config schemas of this project's programs, by container. */
export const SCHEMAS = Object.fromEntries(
  PROCESSES.filter(({ name }) => !STAND_INS.includes(name)).map(({ name, schema }) => [
    CONTAINERS[name] ?? name,
    schema,
  ]),
);

const WITHOUT_TELEMETRY = new Set([
  'load',
  'users',
  ...Object.values(IN_CLUSTER).map(({ name }) => name),
  ...Object.values(LASTING).flatMap(({ name, isTraced }) => (isTraced ? [] : [name])),
]);

/** Variables that third-party programs read. The tests can't find them in code. */
const OTHERS: Record<string, string[]> = {
  mongod: ['HOME'],
  jaeger: ['GOMEMLIMIT'],
  'otel-collector': collectorNames('k8s/components/otel-collector/collector.yaml'),
  'otel-sampler': collectorNames('k8s/components/tail-sampling/sampler.yaml'),
};

/** Names of variables that the program of a container reads. */
function readBy(container: string): Set<string> {
  const schema = SCHEMAS[container];
  if (!schema) return new Set(OTHERS[container]);
  const telemetry = WITHOUT_TELEMETRY.has(container) ? [] : Object.keys(TELEMETRY_VARIABLES);
  return new Set([...Object.keys(schema.shape), ...telemetry]);
}

function collectorNames(path: string): string[] {
  const text = readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
  return ['GOMEMLIMIT', ...namesIn(text, /\$\{env:(\w+)\}/g)];
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

export interface Environment {
  /** The container's name in the manifest. */
  container: string;
  env: EnvVar[];
  /** Names of variables that the process gets in another way: from a file or the image. */
  besides: string[];
}

/** Returns one line for each variable that is not read, has an invalid value, or is missing. */
export function environmentFindings({ container, env, besides }: Environment): string[] {
  // The kubelet reads variables to which other values refer:
  // https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
  const inValues = env.flatMap(({ value = '' }) => namesIn(value, /(?<!\$)\$\((\w+)\)/g));
  const known = new Set([...readBy(container), ...inValues]);
  const shape: Record<string, z.ZodType> = SCHEMAS[container]?.shape ?? {};
  const unknown = env.filter(({ name }) => !known.has(name)).map(({ name }) => `${name} is not read`);
  const refused = env.flatMap(({ name, value }) => {
    const result = value === undefined ? undefined : shape[name]?.safeParse(value);
    return result?.error ? [`${name}=${value}: ${result.error.issues[0]?.message}`] : [];
  });
  const given = new Set([...env.map(({ name }) => name), ...besides]);
  const missing = Object.keys(shape).filter(
    (name) => !given.has(name) && shape[name]?.safeParse(undefined).success === false,
  );
  return [...unknown, ...refused, ...missing.map((name) => `${name} is missing`)].map(
    (finding) => `${container}: ${finding}`,
  );
}
