import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SPAN_ID, TRACE_ID, traceparent } from '../cases/carrier-case.ts';

const run = promisify(execFile);
const job = { K8S_JOB_NAME: 'report', TRACEPARENT: traceparent };

async function runProgram(name: string, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const preload = fileURLToPath(new URL('./preload.ts', import.meta.url));
  const program = fileURLToPath(new URL(name, import.meta.url));
  const { stdout } = await run(process.execPath, ['--import', preload, program], { env });
  return JSON.parse(stdout) as Record<string, string>;
}

test('a program joins wherever its work starts', async () => {
  const { 'own root': ownRoot, 'chosen root': chosenRoot, ...joined } = await runProgram('./places.ts', job);
  for (const [place, traceId] of Object.entries(joined)) assert.equal(traceId, TRACE_ID, place);
  assert.deepEqual(Object.keys(joined).toSorted(), [
    'after top-level await',
    'immediate',
    'listener',
    'microtask',
    'next tick',
    'timer',
    'top level',
    'worker',
  ]);
  for (const traceId of [ownRoot, chosenRoot]) assert.notEqual(traceId, TRACE_ID);
});

test('a CommonJS program joins as well', async () => {
  assert.deepEqual(await runProgram('./program.cjs', job), { 'top level': TRACE_ID });
});

test('no program joins where it is switched off', async () => {
  for (const env of [
    { ...job, TELEMETRY_IMPLICIT_EXTRACTION: 'off' },
    { TRACEPARENT: traceparent },
    { K8S_JOB_NAME: 'report' },
  ]) {
    const traceIds = await runProgram('./program.cjs', env);
    assert.notEqual(traceIds['top level'], TRACE_ID);
  }
});

test('a grandchild gets the current context', async () => {
  const { inherited, current, step } = await runProgram('./grandparent.ts', job);
  assert.equal(inherited, SPAN_ID, 'the pitfall: the variable of the grandparent');
  assert.equal(current, step);
});
