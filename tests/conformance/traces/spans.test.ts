import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backends } from './backends.ts';
import { newTraceId, post, RAW, readTrace } from './client.ts';
import { rawCases, spanCases } from './span-cases.ts';
import { assertStored, spanId, storedSpan, times } from './stored-span.ts';

function bodyWith(traceId: string, fields: string): string {
  const { startTimeUnixNano: start, endTimeUnixNano: end } = times;
  const span = `{"traceId":"${traceId}","spanId":"${spanId}","startTimeUnixNano":"${start}","endTimeUnixNano":"${end}",${fields}}`;
  const resource = '{"attributes":[{"key":"service.name","value":{"stringValue":"contract"}}]}';
  return `{"resourceSpans":[{"resource":${resource},"scopeSpans":[{"scope":{"name":"s"},"spans":[${span}]}]}]}`;
}

for (const backend of backends) {
  for (const [name, sent, stored] of spanCases) {
    test(`${backend.name} and ${name}`, async () => {
      const traceId = newTraceId();
      const { status, type, body } = await post(backend, bodyWith(traceId, sent));
      assert.equal(type, 'application/json');
      const answer = JSON.parse(body) as { code?: number };
      if (stored === 'refused') assert.deepEqual([status, answer.code], [400, 3], body);
      else assert.deepEqual([status, answer], [200, { partialSuccess: {} }]);
      await assertStored(backend, traceId, stored);
    });
  }

  for (const [name, sent, raw] of rawCases) {
    test(`${backend.name} gives a raw read ${name} as it was sent, however often it was read`, async () => {
      const traceId = newTraceId();
      const body = bodyWith(traceId, sent);
      await post(backend, body);
      await post(backend, body);
      const read = () => readTrace(backend, traceId, 2, RAW);
      const expected = storedSpan(backend, traceId, raw);
      assert.deepEqual((await read())[0]?.spans, [expected, expected]);
      assert.deepEqual((await read())[0]?.spans, [expected, expected]);
    });
  }
}
