import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readSpansFile } from './files.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-assert-'));
});
after(() => rm(folder, { recursive: true }));

function chunk(name: string) {
  return { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a', spanId: 'b', name }] }] }] };
}

async function namesIn(text: string): Promise<string[]> {
  const path = join(folder, 'spans.json');
  await writeFile(path, text);
  return (await readSpansFile(path)).map(({ name }) => name);
}

test('a file is one object on one line or on many', async () => {
  assert.deepEqual(await namesIn(JSON.stringify(chunk('a'))), ['a']);
  assert.deepEqual(await namesIn(JSON.stringify({ result: chunk('a') }, null, 2)), ['a']);
  assert.deepEqual(await namesIn(JSON.stringify([chunk('a'), chunk('b')], null, 2)), ['a', 'b']);
});

test('a file is one object a line with blank lines', async () => {
  assert.deepEqual(await namesIn(`${JSON.stringify(chunk('a'))}\n\n${JSON.stringify(chunk('b'))}\n`), [
    'a',
    'b',
  ]);
});

test('a file that is no OTLP is named', async () => {
  await assert.rejects(
    namesIn('{"x":1}'),
    /^Error: Failed to read spans from .+spans\.json: Failed to read OTLP JSON/,
  );
  await assert.rejects(namesIn('nothing'), /Failed to read spans from .+spans\.json: Unexpected token/);
});
