import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { INSTRUMENTATION_CONFIG } from './instrumentation-config.ts';
import {
  chosenInstrumentations,
  loadInstrumentations,
  SERVICE_INSTRUMENTATIONS,
} from './instrumentations.ts';
import { warningsIn } from './testing/warnings.ts';

const readPackage = (path: string) =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };

const unset = { enabled: undefined, disabled: [] };
const job = { isJob: true, exportsLogs: false };

async function load(names: string[], isJob = false): Promise<string[]> {
  const loaded = await loadInstrumentations(names, isJob);
  for (const one of loaded) one.disable();
  return loaded.map(({ instrumentationName }) =>
    instrumentationName.replace('@opentelemetry/instrumentation-', ''),
  );
}

test('a service loads what it uses, and others on request', async () => {
  assert.deepEqual((await load(SERVICE_INSTRUMENTATIONS)).toSorted(), [
    'express',
    'http',
    'mongodb',
    'undici',
  ]);
  assert.deepEqual((await load(['http', 'pg'])).toSorted(), ['http', 'pg']);
  assert.deepEqual(await load([]), []);
});

test('a job loads the light ones, and others on request', async () => {
  assert.deepEqual(await load(chosenInstrumentations(unset, job), true), ['mongodb', 'undici']);
  assert.deepEqual((await load(['mongodb', 'pg'], true)).toSorted(), ['mongodb', 'pg']);
});

test('an instrumentation is configured in the bundle as it is without', async () => {
  for (const isJob of [true, false]) {
    const [mongodb] = await loadInstrumentations(['mongodb'], isJob);
    assert.ok(mongodb);
    mongodb.disable();
    const { requireParentSpan, dbStatementSerializer } = mongodb.getConfig() as Record<string, unknown>;
    assert.equal(requireParentSpan, true);
    assert.equal(dbStatementSerializer, INSTRUMENTATION_CONFIG.mongodb.dbStatementSerializer);
  }
});

test('log lines are taken where they go somewhere', async () => {
  assert.deepEqual(await load(chosenInstrumentations(unset, { ...job, exportsLogs: true }), true), [
    'mongodb',
    'undici',
    'pino',
  ]);
  const service = { isJob: false, exportsLogs: true };
  assert.deepEqual(chosenInstrumentations(unset, service), [...SERVICE_INSTRUMENTATIONS, 'pino']);
  assert.deepEqual(
    chosenInstrumentations({ ...unset, disabled: ['pino'] }, service),
    SERVICE_INSTRUMENTATIONS,
  );
});

const chosen = (enabled: string[] | undefined, disabled: string[]) =>
  chosenInstrumentations({ enabled, disabled }, { isJob: false, exportsLogs: false });

test('the variables enable, and disable what is enabled', () => {
  assert.deepEqual(chosen(undefined, []), SERVICE_INSTRUMENTATIONS);
  assert.deepEqual(chosen(['http', 'pg'], []), ['http', 'pg']);
  assert.deepEqual(chosen(['http', 'pg'], ['http']), ['pg']);
  assert.deepEqual(chosen(undefined, ['http', 'express', 'undici']), ['mongodb']);
});

test('unknown name is named and left out', async (t) => {
  const warnings = warningsIn(t);
  // Every object has a `constructor`, also the one with the loaders of a job.
  for (const [name, isJob] of [
    ['ftp', false],
    ['constructor', true],
  ] as const) {
    assert.deepEqual(await load([name, 'undici'], isJob), ['undici']);
    assert.ok(warnings.at(-1)?.startsWith(`OTEL_NODE_ENABLED_INSTRUMENTATIONS has "${name}": expected`));
    assert.match(warnings.at(-1) ?? '', /http, express/);
  }
});

test('the environment is left as it was', async () => {
  process.env['OTEL_NODE_DISABLED_INSTRUMENTATIONS'] = 'http';
  try {
    await load(['http']);
    assert.equal(process.env['OTEL_NODE_ENABLED_INSTRUMENTATIONS'], undefined);
    assert.equal(process.env['OTEL_NODE_DISABLED_INSTRUMENTATIONS'], 'http');
  } finally {
    delete process.env['OTEL_NODE_DISABLED_INSTRUMENTATIONS'];
  }
});

test('every layer of Express is left out', () => {
  assert.deepEqual(
    INSTRUMENTATION_CONFIG.express.ignoreLayersType.toSorted(),
    Object.values(ExpressLayerType).toSorted(),
  );
});

test('versions are those of the upstream bundle', () => {
  const own = readPackage('../package.json').dependencies;
  const bundle = readPackage(
    '../../../node_modules/@opentelemetry/auto-instrumentations-node/package.json',
  ).dependencies;
  for (const name of ['mongodb', 'undici'].map((short) => `@opentelemetry/instrumentation-${short}`)) {
    assert.equal(`^${own[name]}`, bundle[name], name);
  }
});
