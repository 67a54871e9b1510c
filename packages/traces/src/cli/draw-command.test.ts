import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traces } from '../testing/command.ts';
import { sentFile, serveSent } from '../testing/sent-order.ts';
import { traceId } from '../testing/spans.ts';

test('a trace is drawn, from a file or from Jaeger', async (t) => {
  const jaeger = await serveSent(t);
  for (const source of [
    ['--file', sentFile],
    ['--jaeger', jaeger, '--trace', traceId, '--wait', '5s'],
  ]) {
    const { code, out } = await traces.draw(...source);
    assert.equal(code, 0);
    assert.match(out, /● POST \/orders/);
  }
  assert.match((await traces.draw('--file', sentFile, '--ascii')).out, /\* POST \/orders/);
});

test('there is nothing to draw of a trace that is not there', async (t) => {
  const absent = ['--trace', 'f'.repeat(32)];
  const jaeger = await serveSent(t);
  for (const source of [
    ['--file', sentFile],
    ['--jaeger', jaeger],
    ['--jaeger', jaeger, '--wait', '50ms'],
  ]) {
    const { code, out, error } = await traces.draw(...source, ...absent);
    assert.deepEqual([code, out], [1, '']);
    assert.match(error, /Trace f{32} is not there/);
  }
});
