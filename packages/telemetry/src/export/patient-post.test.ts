import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeliveryError } from './delivery-error.ts';
import { postPatiently } from './patient-post.ts';

for (const retryAfter of ['0', 'Thu, 01 Jan 1970 00:00:00 GMT']) {
  test(`a collector that says ${retryAfter} is not asked at once`, async () => {
    let requests = 0;
    const client = {
      timeoutMs: 200,
      post: () => {
        requests++;
        return Promise.reject(DeliveryError.ofStatus('http://collector', 503, { 'retry-after': retryAfter }));
      },
    };
    const posted = postPatiently(new Uint8Array(), client, new AbortController().signal);
    await assert.rejects(posted, /answered 503/);
    assert.equal(requests, 1);
  });
}
