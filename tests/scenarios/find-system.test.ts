import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSystem } from './find-system.ts';

test('a password of the traces is used, not shown', async (t) => {
  const { mock } = t.mock.method(console, 'error', () => {});
  const { traces } = await findSystem({ traces: 'http://me:hunter2@h/jaeger/' }, { WRITER_PORT: '1' });
  assert.equal(traces, 'http://me:hunter2@h/jaeger');
  assert.match(String(mock.calls[0]?.arguments[0]), /traces at http:\/\/…@h\/jaeger: npm start does not run/);
});
