import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test, type TestContext } from 'node:test';
import { createSampler } from './sampler.ts';
import { readSettings } from './settings.ts';
import { warningsIn } from './testing/warnings.ts';

const DEFAULT = 'ParentBased{root=AlwaysOnSampler,';

function samplerOf(t: TestContext, name?: string, argument?: string) {
  const warnings = warningsIn(t);
  const settings = readSettings({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: argument });
  return { sampler: createSampler(settings.sampler).toString(), warnings };
}

for (const [name, argument, expected] of [
  [undefined, undefined, DEFAULT],
  ['', '0.5', DEFAULT],
  ['always_on', undefined, 'AlwaysOnSampler'],
  ['always_off', 'ignored', 'AlwaysOffSampler'],
  ['Parentbased_Always_Off', undefined, 'ParentBased{root=AlwaysOffSampler,'],
  ['parentbased_always_on', undefined, DEFAULT],
  ['traceidratio', '0.25', 'TraceIdRatioBased{0.25}'],
  ['traceidratio', undefined, 'TraceIdRatioBased{1}'],
  ['traceidratio', '0', 'TraceIdRatioBased{0}'],
  ['traceidratio', '1', 'TraceIdRatioBased{1}'],
  ['parentbased_traceidratio', '0.25', 'ParentBased{root=TraceIdRatioBased{0.25},'],
] as const)
  test(`takes ${name || 'nothing'} with ${argument ?? 'nothing'} for what it says`, (t) => {
    const { sampler, warnings } = samplerOf(t, name, argument);
    assert.ok(sampler.startsWith(expected), sampler);
    assert.deepEqual(warnings, []);
  });

for (const [name, argument, expected] of [
  ['jaeger_remote', undefined, DEFAULT],
  ['0.5', undefined, DEFAULT],
  ['traceidratio', '1.01', 'TraceIdRatioBased{1}'],
  ['traceidratio', '-0.1', 'TraceIdRatioBased{1}'],
  ['parentbased_traceidratio', 'half', 'ParentBased{root=TraceIdRatioBased{1},'],
] as const)
  test(`warns of ${name} with ${argument ?? 'nothing'} and takes the default`, (t) => {
    const { sampler, warnings } = samplerOf(t, name, argument);
    assert.ok(sampler.startsWith(expected), sampler);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /OTEL_TRACES_SAMPLER(_ARG)? is ".*": expected .*; using /);
  });

const PRINT_FLAG = `
  import { trace } from '@opentelemetry/api';
  console.log(trace.getTracer('t').startSpan('work').spanContext().traceFlags);
`;

test('a job obeys its sampler', () => {
  const options = ['--import', '@beyond-headers/telemetry/register', '--input-type=module', '-e', PRINT_FLAG];
  for (const [sampler, flag] of [
    [undefined, '1'],
    ['parentbased_always_off', '0'],
  ] as const) {
    const env = { TELEMETRY_PROFILE: 'job', OTEL_TRACES_SAMPLER: sampler };
    const { stdout } = spawnSync(process.execPath, options, {
      cwd: import.meta.dirname,
      env,
      encoding: 'utf8',
    });
    assert.equal(stdout.trim(), flag);
  }
});
