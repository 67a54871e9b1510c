import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runTimes } from '@beyond-headers/contracts';
import { noteRunTimes } from './run-times.ts';

let directory: string;
before(() => (directory = mkdtempSync(join(tmpdir(), 'run-times-'))));
after(() => rmSync(directory, { recursive: true }));

test('start is noted at once, and the first end', () => {
  const path = join(directory, 'message');
  writeFileSync(path, '');
  const read = () => runTimes.parse(JSON.parse(readFileSync(path, 'utf8')));
  const ended = noteRunTimes(path);
  assert.deepEqual(Object.keys(read()), ['startedAt']);
  ended();
  const { startedAt, endedAt } = read();
  assert.ok(endedAt && Date.parse(startedAt) <= Date.parse(endedAt) && Date.parse(endedAt) < Date.now());
  ended();
  assert.equal(read().endedAt, endedAt);
});

test('file is not made, and its absence stops nothing', () => {
  const path = join(directory, 'missing');
  noteRunTimes(path)();
  noteRunTimes(undefined)();
  assert.equal(existsSync(path), false);
});
