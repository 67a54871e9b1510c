import assert from 'node:assert/strict';
import { nameless, type Backend } from './backends.ts';
import { get, readTrace } from './client.ts';

/** The id and the times of the span of a case. */
export const spanId = '00000000000000a1';
export const times = { startTimeUnixNano: '1700000000000000001', endTimeUnixNano: '1700000000000000009' };

/** What a reader gets of a span in which a sender put fields. `refused` means status code 400, and that nothing is stored. */
export type Stored = Record<string, unknown> | 'refused';

/** Returns a span as a reader gets it. */
export const storedSpan = (backend: Backend, traceId: string, fields: object) => ({
  traceId,
  spanId,
  ...times,
  status: {},
  ...nameless(backend),
  ...fields,
});

/** Asserts what a reader gets of a trace with one span of the service `contract`. */
export async function assertStored(backend: Backend, traceId: string, stored: Stored): Promise<void> {
  if (stored === 'refused') {
    assert.equal((await get(backend, `/api/v3/traces/${traceId}`)).status, 404);
    return;
  }
  assert.deepEqual(await readTrace(backend, traceId), [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'contract' } }] },
      scope: { name: 's' },
      spans: [storedSpan(backend, traceId, stored)],
    },
  ]);
}
