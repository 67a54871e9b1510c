import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const NOTE_MODULES = `
  import { registerHooks } from 'node:module';
  globalThis.modules = [];
  registerHooks({ load(url, context, next) { modules.push(url); return next(url, context); } });`;
const SHOW_MODULES = 'console.log(JSON.stringify([...modules, ...process.moduleLoadList]));';

function modulesOf(env: NodeJS.ProcessEnv): string[] {
  const imports = [
    `data:text/javascript,${encodeURIComponent(NOTE_MODULES)}`,
    '@beyond-headers/telemetry/register',
  ];
  const args = [
    ...imports.flatMap((each) => ['--import', each]),
    '--input-type=module',
    '--eval',
    SHOW_MODULES,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as string[];
}

/** Matches the modules that slow down a start. */
const COSTLY = /es-module-lexer|NativeModule child_process$|otlp-transformer|sdk-node|auto-instrumentations/;

test('a job loads at its start only what each job needs', () => {
  const modules = modulesOf({ TELEMETRY_PROFILE: 'job' });
  assert.ok(modules.some((each) => each.includes('instrumentation-mongodb')));
  assert.deepEqual(
    modules.filter((each) => COSTLY.test(each)),
    [],
  );
});

test('a job that patches ES modules loads their parser', () => {
  const modules = modulesOf({ TELEMETRY_PROFILE: 'job', OTEL_LOGS_EXPORTER: 'otlp' });
  assert.ok(modules.some((each) => each.includes('es-module-lexer')));
});
