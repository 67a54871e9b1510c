import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { drawTraces } from './draw.ts';
import { staleContextLabs } from './stale-context.ts';

const [twoWrites, passedOn, childProcess] = staleContextLabs;

test('two writes: the reader belongs to the last', async () => {
  assert.equal(drawTraces((await twoWrites?.wrong()) ?? []), 'first write\n  read\nsecond write');
  assert.equal(
    drawTraces((await twoWrites?.right()) ?? []),
    'first write\nsecond write\n  store (links to: first write)\n    read',
  );
});

test('passed on: each service is below the one before', async () => {
  assert.equal(drawTraces((await passedOn?.wrong()) ?? []), 'writer\n  second service\n  third service');
  assert.equal(drawTraces((await passedOn?.right()) ?? []), 'writer\n  second service\n    third service');
});

test('child process: it is below the step that started it', async () => {
  assert.equal(drawTraces((await childProcess?.wrong()) ?? []), 'launch\n  step in the job\n  child process');
  assert.equal(
    drawTraces((await childProcess?.right()) ?? []),
    'launch\n  step in the job\n    child process',
  );
});

test('the page on stale context shows these traces', async () => {
  const page = readFileSync(new URL('../../../docs/explanation/stale-context.md', import.meta.url), 'utf8');
  for (const lab of staleContextLabs)
    for (const play of [lab.wrong, lab.right])
      assert.ok(page.includes(drawTraces(await play(), '    ')), lab.title);
});
