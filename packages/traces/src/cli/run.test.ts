import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startCommand, traces } from '../testing/command.ts';
import { file, folder } from '../testing/folder.ts';
import { sent, sentFile } from '../testing/sent-order.ts';
import { traceId } from '../testing/spans.ts';

test('what can not be read ends with 2', async () => {
  assert.equal((await traces.draw('--file', join(folder, 'absent.json'))).code, 2);
  assert.equal((await traces.assert('--file', sentFile, '--expect', join(folder, 'absent.yaml'))).code, 2);
  assert.equal((await traces.draw('--jaeger', 'http://127.0.0.1:1', '--trace', traceId)).code, 2);
});

test('the command is started by its own file', async () => {
  const none = await file('none.yaml', 'absent');
  const { status, stdout, stderr } = startCommand(['assert', '--file', sentFile, '--expect', none]);
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
  assert.match(stderr, /The trace is not the expected tree/);
});

test('the spans may come on standard input', () => {
  const args = ['draw', '--file', '-', '--ascii'];
  const { status, stdout } = startCommand(args, JSON.stringify(sent));
  assert.deepEqual([status, stdout.includes('writer PRODUCER `')], [0, true], stdout);
  assert.match(startCommand(args).stderr, /^Failed to read spans from standard input: the file is empty/);
});

test('only the spans come on standard input', () => {
  for (const args of [
    ['assert', '--file', sentFile, '--expect', '-'],
    ['lint', '--file', sentFile, '--config', '-'],
  ]) {
    const { status, stderr } = startCommand(args, '{}');
    assert.equal(status, 2);
    assert.match(stderr, /ENOENT.+'-'/);
  }
});
