import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../../docker/load/config.ts';
import { mongoInitConfig } from '../../../docker/mongo/config.ts';
import { TELEMETRY_VARIABLES } from '../../../packages/telemetry/src/variables.ts';
import { contextWebhookConfig } from '../../../services/context-webhook/config.ts';
import { jobLauncherConfig } from '../../../services/job-launcher/config.ts';
import { playgroundConfig } from '../../../services/playground/config.ts';
import { pollerConfig } from '../../../services/poller/config.ts';
import { reportJobConfig } from '../../../services/report-job/config.ts';
import { writerConfig } from '../../../services/writer/config.ts';
import type { EnvVar } from '../hardening/kubernetes-object.ts';

/** As much of a zod schema as is asked here. */
interface Schema {
  shape: Record<
    string,
    {
      safeParse(value: unknown): {
        success: boolean;
        data?: unknown;
        error?: { issues: Array<{ message: string }> };
      };
    }
  >;
}

export const SCHEMAS: Record<string, Schema> = {
  writer: writerConfig,
  poller: pollerConfig,
  'job-launcher': jobLauncherConfig,
  'report-job': reportJobConfig,
  playground: playgroundConfig,
  'context-webhook': contextWebhookConfig,
  load: loadConfig,
  users: mongoInitConfig,
};

/** These run without telemetry (Dockerfile). */
const WITHOUT_TELEMETRY = new Set(['playground', 'context-webhook', 'load', 'users']);

/** What programs of others read, and the tests can't know from their code. */
const OTHERS: Record<string, string[]> = {
  mongod: ['HOME'],
  jaeger: ['GOMEMLIMIT'],
  'otel-collector': [
    'GOMEMLIMIT',
    ...readNames('k8s/components/otel-collector/collector.yaml', /\$\{env:(\w+)\}/g),
  ],
};

/** Names of variables that the program of a container reads. */
function readBy(container: string): Set<string> {
  const schema = SCHEMAS[container];
  if (!schema) return new Set(OTHERS[container]);
  const telemetry = WITHOUT_TELEMETRY.has(container) ? [] : Object.keys(TELEMETRY_VARIABLES);
  return new Set([...Object.keys(schema.shape), ...telemetry]);
}

function readNames(path: string, pattern: RegExp): string[] {
  const text = readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

export interface Environment {
  /** As in the manifest. */
  container: string;
  env: EnvVar[];
  /** Names that reach the process in another way: a file, the image. */
  besides: string[];
}

/** Variables that nobody reads or whose value is refused, and those that are missing, one line for each. */
export function environmentFindings({ container, env, besides }: Environment): string[] {
  const known = readBy(container);
  const shape = SCHEMAS[container]?.shape ?? {};
  const unknown = env.filter(({ name }) => !known.has(name)).map(({ name }) => `${name} is read by nobody`);
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
