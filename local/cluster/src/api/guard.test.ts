import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { jobManifest, jobsUrl, withCluster } from '../testing/cluster-client.ts';

/** Sends a POST request with the headers of a browser. It doesn't use `fetch`, which sets `Host` itself. */
function post(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end(JSON.stringify(jobManifest('from-a-page', 'exit 0')));
  });
}

const FROM_A_PAGE: readonly Record<string, string>[] = [
  // A `fetch` POST with a Blob as its body has no content type, so the browser sends it without a preflight request.
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  // A page on another port of this machine.
  { 'sec-fetch-site': 'same-site' },
  // DNS rebinding: the page's domain resolves to 127.0.0.1, so the browser treats the request as same-origin.
  { host: 'evil.example:8084', 'sec-fetch-site': 'same-origin' },
  { host: 'evil.example' },
  { host: '127.0.0.1.evil.example' },
];

test("a web page can't create a Job", async () => {
  await withCluster(async ({ url }) => {
    for (const headers of FROM_A_PAGE)
      assert.equal(await post(jobsUrl(url), headers), 403, JSON.stringify(headers));
    for (const host of ['localhost', '127.0.0.1:8084', '[::1]:8084', 'light-cluster:8084'])
      assert.equal(await post(jobsUrl(url, '?fieldValidation=no'), { host }), 422, host);
  });
});
