import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../view/settings.ts';
import { newRun } from './new-run.ts';

const isAccepted = (traceparent: string): boolean =>
  newRun.safeParse({ traceparent, clickedAtMs: 0, settings: DEFAULT_SETTINGS }).success;

const [TRACE_ID, SPAN_ID] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

test('a click is sampled, with or without a random trace id', () => {
  for (const flags of ['01', '03']) assert.ok(isAccepted(`00-${TRACE_ID}-${SPAN_ID}-${flags}`), flags);
  for (const flags of ['00', '02', '1', 'ff'])
    assert.ok(!isAccepted(`00-${TRACE_ID}-${SPAN_ID}-${flags}`), flags);
});

test('what is not the header of a click is refused', () => {
  for (const traceparent of ['', `00-${'0'.repeat(32)}-${SPAN_ID}-01`, `00-${TRACE_ID}-x-01`])
    assert.ok(!isAccepted(traceparent), traceparent);
});
