import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { serve } from '../testing/serve.ts';
import { UpstreamError } from './http.ts';
import { readLogs } from './logs.ts';

const traceId = 'a'.repeat(32);
const line = { spanId: 'b'.repeat(16), timeMs: 1.5, severity: 'INFO', body: 'hello', attributes: { n: '1' } };

const storeWith = (t: TestContext, answers: Record<string, object>): Promise<string> =>
  serve(t, ({ url = '' }, response) => {
    response.statusCode = answers[url] ? 200 : 404;
    response.end(JSON.stringify(answers[url] ?? {}));
  });

test('lines of a trace are read from the store', async (t) => {
  const logs = [{ ...line, traceId, service: 'writer' }];
  const url = await storeWith(t, { [`/api/logs?traceId=${traceId}`]: { logs } });
  assert.deepEqual(await readLogs(url, traceId), { isCollected: true, lines: [line] });
});

test('lines of a span are asked for by its id', async (t) => {
  const { spanId } = line;
  const url = await storeWith(t, { [`/api/logs?traceId=${traceId}&spanId=${spanId}`]: { logs: [line] } });
  assert.deepEqual(await readLogs(url, traceId, { spanId }), { isCollected: true, lines: [line] });
});

test('a system that collects none says so', async (t) => {
  const nothing = { isCollected: false, lines: [] };
  assert.deepEqual(await readLogs(undefined, traceId), nothing);
  assert.deepEqual(await readLogs(await storeWith(t, {}), traceId), nothing, 'as Jaeger answers');
});

test('a store that does not answer is an error', async () => {
  await assert.rejects(readLogs('http://127.0.0.1:1', traceId), UpstreamError);
});
