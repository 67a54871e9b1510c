import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { INSTRUMENTATION_NAMES, loadInstrumentations } from './instrumentations.ts';

const readPackage = (path: string) =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };

test('every instrumentation loads under its short name', async () => {
  const loaded = await loadInstrumentations(INSTRUMENTATION_NAMES);
  assert.deepEqual(
    loaded.map(({ instrumentationName }) => instrumentationName),
    INSTRUMENTATION_NAMES.map((name) => `@opentelemetry/instrumentation-${name}`),
  );
});

test('unknown name is said and left out', async (t) => {
  const said = t.mock.method(console, 'error', () => {});
  assert.deepEqual(await loadInstrumentations(['ftp']), []);
  assert.match(String(said.mock.calls[0]?.arguments[0]), /ftp.*http, express/);
});

test('versions are those of the upstream bundle', () => {
  const own = readPackage('../package.json').dependencies;
  const bundle = readPackage(
    '../../../node_modules/@opentelemetry/auto-instrumentations-node/package.json',
  ).dependencies;
  for (const name of INSTRUMENTATION_NAMES.map((short) => `@opentelemetry/instrumentation-${short}`)) {
    assert.equal(`^${own[name]}`, bundle[name], name);
  }
});
