import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofCommand } from './of-command.ts';
import { UsageError } from './output.ts';

const output = { out() {}, error() {}, color: false };

const named = (error: unknown): boolean => error instanceof UsageError && /--width is /.test(error.message);

test('a width that is not a number of columns is named', async () => {
  for (const width of ['wide', '0', '-1', '1.5', '']) {
    await assert.rejects(ofCommand(['job/a', `--width=${width}`], output), named, width);
  }
});
