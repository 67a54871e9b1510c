import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeProcess } from '../../../packages/telemetry/src/resource.ts';
import { readSettings } from '../../../packages/telemetry/src/settings.ts';
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
};

/** Runs without telemetry (Dockerfile). */
const WITHOUT_TELEMETRY = new Set(['playground']);

/** What programs of others read, and the tests can't know from their code. */
const OTHERS: Record<string, string[]> = {
  mongod: ['HOME'],
  jaeger: ['GOMEMLIMIT'],
  'otel-collector': [
    'GOMEMLIMIT',
    ...readNames('k8s/components/otel-collector/collector.yaml', /\$\{env:(\w+)\}/g),
  ],
};

/** Read by the SDK itself. */
const SDK = ['OTEL_METRICS_EXPORTER', 'OTEL_LOGS_EXPORTER', 'OTEL_RESOURCE_ATTRIBUTES'];

/** Names of variables that the program of a container reads; `script` is its file, where it is one of the tools. */
function readBy(container: string, script: string | undefined): Set<string> {
  const schema = SCHEMAS[container];
  if (schema) {
    return new Set([...Object.keys(schema.shape), ...(WITHOUT_TELEMETRY.has(container) ? [] : TELEMETRY)]);
  }
  if (script) return new Set(readNames(script, /'([A-Z][A-Z0-9_]+)'/g));
  return new Set(OTHERS[container]);
}

function readNames(path: string, pattern: RegExp): string[] {
  const text = readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

/** Asked rather than listed: every name that telemetry looks up in an environment. */
const TELEMETRY = [
  ...SDK,
  ...asked((env) => readSettings(env)),
  ...asked((env) => describeProcess('any', env)),
];

function asked(read: (env: Record<string, string | undefined>) => unknown): string[] {
  const names = new Set<string>();
  read(new Proxy({}, { get: (_env, name) => void names.add(String(name)) }));
  return [...names];
}

export interface Environment {
  /** As in the manifest. */
  container: string;
  env: EnvVar[];
  /** Names that reach the process in another way: a file, the image. */
  besides: string[];
  script?: string | undefined;
}

/** Variables that nobody reads or whose value is refused, and those that are missing, one line for each. */
export function environmentFindings({ container, env, besides, script }: Environment): string[] {
  const known = readBy(container, script);
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
