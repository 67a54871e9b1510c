import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../view/settings.ts';
import { newRun } from './new-run.ts';

const runWith = (flags: string) =>
  newRun.safeParse({
    traceparent: `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-${flags}`,
    clickedAtMs: 0,
    settings: DEFAULT_SETTINGS,
  });

test('a click is sampled, with or without a random trace id', () => {
  for (const flags of ['01', '03']) assert.ok(runWith(flags).success, flags);
  for (const flags of ['00', '02', '1', 'ff']) assert.ok(!runWith(flags).success, flags);
});
