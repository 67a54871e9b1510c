import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startTraceStore, type TraceStoreOptions } from '../index.ts';

export const spanId = (digit: number): string => `${digit}`.padStart(16, '0');

const JSON_TYPE = { 'content-type': 'application/json' };

/** Starts a store for the tests of a file. */
export async function testStore(options: TraceStoreOptions = {}) {
  const store = await startTraceStore(options);
  after(() => store.close());

  async function post(path: string, body: string | Uint8Array<ArrayBuffer>, headers: object = {}) {
    const init = { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } };
    const response = await fetch(store.otlpUrl + path, init);
    return { status: response.status, text: await response.text() };
  }

  async function get(path: string, accept = '*/*') {
    const response = await fetch(store.queryUrl + path, { headers: { accept } });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Stores spans of one service. By default, they take 10 ms, and have the ids 1, 2, …. */
  async function send(service: string, ...spans: object[]): Promise<void> {
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
    const whole = spans.map((span, index) => ({
      spanId: spanId(index + 1),
      startTimeUnixNano: '1700000000000000000',
      endTimeUnixNano: '1700000000010000000',
      ...span,
    }));
    const resourceSpans = [{ resource, scopeSpans: [{ spans: whole }] }];
    assert.equal((await post('/v1/traces', JSON.stringify({ resourceSpans }))).status, 200);
  }

  return { ...store, post, get, send };
}
