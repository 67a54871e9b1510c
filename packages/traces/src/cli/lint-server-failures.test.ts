import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { lintReport, traces } from '../testing/command.ts';
import { serve } from '../testing/http.ts';
import { A, B, C } from '../testing/lint.ts';
import { linkingTo, linksToShop, lost, mail } from '../testing/parcels.ts';

/** How a server's response can fail, and the error that is expected. The server still responds to the other requests. */
const failures: Record<string, [(response: ServerResponse) => void, RegExp]> = {
  'is refused': [(response) => response.writeHead(500).end('boom'), /got 500 with "boom"\. Expected 200/],
  'is cut off': [
    (response) => {
      response.writeHead(200, { 'content-length': 900 });
      response.write('{"resu', () => response.destroy());
    },
    /the answer ended too early \(aborted\)/,
  ],
};

for (const [how, [fail, expected]] of Object.entries(failures)) {
  test(`if one answer ${how}, the others are looked at`, async (t) => {
    const answers: Record<string, object> = {
      '/api/v3/services': { services: ['bank', 'shop'] },
      '/api/v3/traces?query.serviceName=shop': { result: lost },
      '/api/search': { traces: [{ traceID: C }, { traceID: A }] },
      [`/api/v2/traces/${A}`]: { trace: lost },
    };
    const url = await serve(t, (request, response) => {
      const found = Object.keys(answers).find((path) => request.url?.startsWith(path));
      if (found === undefined) fail(response);
      else response.end(JSON.stringify(answers[found]));
    });
    for (const store of ['--jaeger', '--tempo']) {
      const { code, error, findings } = await lintReport(store, url);
      assert.deepEqual([code, findings[0]?.rule], [2, 'lost-context']);
      assert.match(error, expected);
    }
  });
}

test('if the server goes away, what it sent is looked at', async (t) => {
  const result = { resourceSpans: [...lost.resourceSpans, linkingTo(C)] };
  const url = await serve(t, (request, response) => {
    if (request.url === '/api/v3/services') response.end('{"services":["shop","bank"]}');
    else if (request.url?.includes('=shop')) response.end(JSON.stringify({ result }));
    else request.socket.destroy();
  });
  const { code, error, findings } = await lintReport('--jaeger', url);
  assert.deepEqual([code, findings.map(({ rule }) => rule)], [2, ['lost-context']]);
  assert.match(error, /^The server: Failed to read .*serviceName=bank/);
});

/** Starts a Tempo with 30 traces. It returns a trace for the first `good` requests, and then fails with `status`. */
async function failingTempo(t: TestContext, status: number, good: number) {
  const asked: string[] = [];
  const found = Array.from({ length: 30 }, (_, index) => ({ traceID: `${index}`.padStart(32, '1') }));
  const url = await serve(t, (request, response) => {
    if (request.url?.startsWith('/api/search')) response.end(JSON.stringify({ traces: found }));
    else if (asked.push(request.url ?? '') <= good) response.end(JSON.stringify({ trace: lost }));
    else response.writeHead(status).end('boom');
  });
  return { url, asked };
}

test('a server that goes on failing is not asked for all', async (t) => {
  for (const [status, requests, expected] of [
    [500, 7, /The server: .+Nothing more was read after 5 such answers in a row\.$/],
    [401, 3, /^The server: Failed to read .+got 401 with "boom"\. Expected access: .+$/],
    [429, 3, /^The server: Failed to read .+got 429 with "boom"\. Expected 200\.$/],
  ] as const) {
    const { url, asked } = await failingTempo(t, status, 2);
    const { code, error, findings } = await lintReport('--tempo', url);
    assert.deepEqual([code, findings[0]?.rule], [2, 'lost-context']);
    assert.equal(asked.length, requests);
    assert.match(error, expected);
  }
});

test('a server that gives no trace leaves no report', async (t) => {
  const refused = await failingTempo(t, 404, 0);
  const { code, out } = await traces.lint('--tempo', refused.url, '--limit', '30');
  assert.deepEqual([code, out], [2, '']);
  const url = await serve(t, (request, response) => {
    if (request.url?.startsWith('/api/search')) response.end(JSON.stringify({ traces: [{ traceID: A }] }));
    else response.writeHead(500).end('boom');
  });
  const one = await traces.lint('--tempo', url);
  assert.deepEqual([one.code, one.out], [2, '']);
  assert.match(one.error, /got 500 with "boom"/);
});

test('what is in a trace that a server failed to give is not known', async (t) => {
  const linking = mail(B, linksToShop);
  const url = await serve(t, (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x');
    if (pathname === '/api/v3/services') response.end('{"services":["mail"]}');
    else if (pathname === '/api/search')
      response.end(JSON.stringify({ traces: [{ traceID: A }, { traceID: B }] }));
    else if (pathname.endsWith(A)) response.writeHead(500).end('boom');
    else response.end(JSON.stringify({ trace: { resourceSpans: [linking] } }));
  });
  for (const store of ['--jaeger', '--tempo']) {
    const { code, error, findings } = await lintReport(store, url);
    assert.deepEqual([code, findings], [2, []]);
    assert.match(error, /got 500 with "boom"/);
  }
});
