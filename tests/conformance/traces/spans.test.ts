import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backends, nameless } from './backends.ts';
import { get, newTraceId, post, RAW, readTrace } from './client.ts';
import { rawCases, spanCases } from './span-cases.ts';

const times = { startTimeUnixNano: '1700000000000000001', endTimeUnixNano: '1700000000000000009' };
const spanId = '00000000000000a1';

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
      if (stored === 'refused') {
        assert.equal(status, 400, body);
        assert.equal((JSON.parse(body) as { code: number }).code, 3);
        assert.equal((await get(backend, `/api/v3/traces/${traceId}`)).status, 404);
        return;
      }
      assert.deepEqual({ status, body: JSON.parse(body) }, { status: 200, body: { partialSuccess: {} } });
      assert.deepEqual(await readTrace(backend, traceId), [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'contract' } }] },
          scope: { name: 's' },
          spans: [{ traceId, spanId, ...times, status: {}, ...nameless(backend), ...stored }],
        },
      ]);
    });
  }

  for (const [name, sent, raw] of rawCases) {
    test(`${backend.name} gives a raw read ${name} as it was sent, however often it was read`, async () => {
      const traceId = newTraceId();
      const body = bodyWith(traceId, sent);
      await post(backend, body);
      await post(backend, body);
      const read = () => readTrace(backend, traceId, 2, RAW);
      const expected = [{ traceId, spanId, ...times, status: {}, ...nameless(backend), ...raw }];
      assert.deepEqual((await read())[0]?.spans, [...expected, ...expected]);
      assert.deepEqual((await read())[0]?.spans, [...expected, ...expected]);
    });
  }
}
