import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQueueArgs } from './queue-args.ts';

test('reads a command, its ids and a dry run', () => {
  assert.deepEqual(parseQueueArgs(['retry', 'a', 'b', '--dry-run']), {
    command: 'retry',
    ids: ['a', 'b'],
    isDryRun: true,
  });
  assert.deepEqual(parseQueueArgs(['purge', '--all']), { command: 'purge', ids: 'all', isDryRun: false });
});

test('help wins over what stands beside it', () => {
  assert.equal(parseQueueArgs(['purge', '--all', '--help']), 'help');
});

for (const argv of [
  [],
  ['drop'],
  ['purge'],
  ['retry'],
  ['purge', 'a', '--all'],
  ['list', '--force'],
  ['list', 'a'],
]) {
  test(`does nothing for the arguments "${argv.join(' ')}"`, () => {
    assert.deepEqual(Object.keys(parseQueueArgs(argv)), ['wrong']);
  });
}
