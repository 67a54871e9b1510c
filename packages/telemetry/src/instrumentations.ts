import type { Instrumentation } from '@opentelemetry/instrumentation';
import { INSTRUMENTATION_CONFIG } from './instrumentation-config.ts';
import { knownNames } from './read-env.ts';
import { rememberVersions } from './remember-versions.ts';

const ENABLED = 'OTEL_NODE_ENABLED_INSTRUMENTATIONS';
const DISABLED = 'OTEL_NODE_DISABLED_INSTRUMENTATIONS';
const PACKAGE_PREFIX = '@opentelemetry/instrumentation-';

/** The instrumentations of upstream's bundle that a service uses by default. */
export const SERVICE_INSTRUMENTATIONS = ['http', 'express', 'undici', 'mongodb'];

/** The instrumentations that export log lines. */
export const LOG_INSTRUMENTATIONS = ['pino'];

/** The instrumentations for what a job's own code may call. A job serves no requests. */
const JOB_INSTRUMENTATIONS = ['mongodb', 'undici'];

const JOB_LOADERS: Record<string, () => Promise<Instrumentation>> = {
  mongodb: async () => {
    const { MongoDBInstrumentation } = await import('@opentelemetry/instrumentation-mongodb');
    return new MongoDBInstrumentation(INSTRUMENTATION_CONFIG.mongodb);
  },
  undici: async () => {
    const { UndiciInstrumentation } = await import('@opentelemetry/instrumentation-undici');
    return new UndiciInstrumentation(INSTRUMENTATION_CONFIG.undici);
  },
  pino: async () => {
    const { PinoInstrumentation } = await import('@opentelemetry/instrumentation-pino');
    return new PinoInstrumentation(INSTRUMENTATION_CONFIG.pino);
  },
};

/** Returns the names of the instrumentations that this process loads. */
export function chosenInstrumentations(
  { enabled, disabled }: { enabled: string[] | undefined; disabled: string[] },
  { isJob, exportsLogs }: { isJob: boolean; exportsLogs: boolean },
): string[] {
  const usual = [
    ...(isJob ? JOB_INSTRUMENTATIONS : SERVICE_INSTRUMENTATIONS),
    ...(exportsLogs ? LOG_INSTRUMENTATIONS : []),
  ];
  const names = enabled ?? usual;
  return names.filter((name) => !disabled.includes(name));
}

/**
 * Loads instrumentations from upstream's bundle, which has all of them. If a job needs only those in `JOB_LOADERS`, loads them
 * one by one, because importing the bundle costs a job more than its work (docs/decisions/instrumentations.md).
 */
export async function loadInstrumentations(names: string[], isJob: boolean): Promise<Instrumentation[]> {
  if (names.length === 0) return [];
  return (await loadNamed(names, isJob)).map(rememberVersions);
}

async function loadNamed(names: string[], isJob: boolean): Promise<Instrumentation[]> {
  if (isJob && names.every((name) => Object.hasOwn(JOB_LOADERS, name))) {
    return Promise.all(names.map((name) => JOB_LOADERS[name]!()));
  }
  const { getNodeAutoInstrumentations } = await import('@opentelemetry/auto-instrumentations-node');
  const config = Object.entries(INSTRUMENTATION_CONFIG).map(([name, value]) => [
    PACKAGE_PREFIX + name,
    value,
  ]);
  return withVariables({ [ENABLED]: names.join(','), [DISABLED]: undefined }, () => {
    const loaded = getNodeAutoInstrumentations(Object.fromEntries(config) as object);
    const known = loaded.map(({ instrumentationName }) => instrumentationName.replace(PACKAGE_PREFIX, ''));
    const expected = `a name from @opentelemetry/auto-instrumentations-node, such as ${SERVICE_INSTRUMENTATIONS.join(', ')}`;
    knownNames(ENABLED, names, known, expected);
    return loaded;
  });
}

/**
 * Sets variables only while `load` runs. The bundle reads its list only from the environment, but child processes must inherit
 * what the user set.
 */
function withVariables<T>(variables: Record<string, string | undefined>, load: () => T): T {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  assignEnvironment(variables);
  try {
    return load();
  } finally {
    assignEnvironment(before);
  }
}

function assignEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
