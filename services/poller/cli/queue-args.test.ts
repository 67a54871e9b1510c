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

for (const argv of [[], ['drop'], ['purge'], ['retry'], ['purge', 'a', '--all'], ['list', '--force']]) {
  test(`does nothing for the arguments "${argv.join(' ')}"`, () => {
    assert.equal(typeof parseQueueArgs(argv), 'string');
  });
}
