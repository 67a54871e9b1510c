import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintReport, traces } from '../testing/command.ts';
import { serve, unknownTrace } from '../testing/http.ts';
import { A, B, C } from '../testing/lint.ts';
import { joined, linkingTo, linksToShop, lost, mail, shop } from '../testing/parcels.ts';

test('Jaeger is asked by the names that it knows, for every service, as it was stored', async (t) => {
  for (const [required, raw] of [
    ['query.startTimeMin', 'query.rawTraces=true'],
    ['query.start_time_min', 'query.raw_traces=true'],
  ] as const) {
    const asked: string[] = [];
    const url = await serve(t, (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      if (request.headers['x-team'] !== 'mail') response.writeHead(401).end('no');
      else if (pathname === '/api/v3/services') response.end('{"services":["shop","mail"]}');
      else if (pathname !== '/api/v3/traces') response.writeHead(404).end(unknownTrace);
      else if (searchParams.get(required) === null)
        response.writeHead(400).end(`{"error":{"httpCode":400,"message":"${required} is required"}}`);
      else {
        asked.push(request.url ?? '');
        response.end(JSON.stringify({ result: lost }));
      }
    });
    const args = ['--jaeger', url, '--header', 'X-Team: mail'];
    const more = ['--service', 'mail', '--lookback', '10m', '--limit', '7'];
    const { code, error, findings, summary } = await lintReport(...args, ...more);
    assert.deepEqual([code, error], [1, '']);
    // Both searches return the same traces.
    assert.deepEqual([findings.length, summary.spans], [1, 3]);
    assert.equal(asked.length, 2);
    assert.ok(asked.every((each) => each.includes(raw) && each.includes('=7')));
    assert.deepEqual(summary.notes, []);
    const { notes } = (await lintReport(...args, '--limit', '2')).summary;
    assert.match(notes.join(), /^Of the service shop, only the last 2 traces were read\. There may be more/);
    const refused = await traces.lint('--jaeger', url);
    assert.equal(refused.code, 2);
    assert.match(refused.error, /got 401 with "no"\. Expected access: set TRACES_TOKEN/);
  }
});

test('a trace that is linked to is read, however old', async (t) => {
  const later = mail(C, linksToShop);
  const url = await serve(t, (request, response) => {
    if (request.url === '/api/v3/services') response.end('{"services":["mail"]}');
    else if (request.url?.startsWith('/api/v3/traces?'))
      response.end(JSON.stringify({ result: { resourceSpans: [later] } }));
    else if (request.url?.startsWith(`/api/v3/traces/${A}?rawTraces=true`))
      response.end(JSON.stringify({ result: { resourceSpans: [shop] } }));
    else response.writeHead(404).end(unknownTrace);
  });
  const { code, findings, summary } = await lintReport('--jaeger', url);
  assert.deepEqual([code, findings, summary.traces], [0, [], 2]);
});

test('a server that is not Jaeger ends with 2', async (t) => {
  const url = await serve(t, (_request, response) => response.end('<html>'));
  const { code, error } = await traces.lint('--jaeger', url);
  assert.equal(code, 2);
  assert.match(error, /got "<html>"\. Expected Jaeger's list of services/);
  const listless = await serve(t, (_request, response) => response.end('{"services":null}'));
  assert.match((await traces.lint('--jaeger', listless)).error, /Expected Jaeger's list of services/);
  const other = await serve(t, (_request, response) => response.writeHead(404).end('no such page'));
  const said = (await traces.lint('--jaeger', other)).error;
  assert.match(said, /got 404 with "no such page"\. Expected Jaeger's list of services\. Use the address/);
  assert.match((await traces.lint('--tempo', other)).error, /got 404 .*Expected Tempo's search results/);
  assert.equal((await traces.lint('--jaeger', 'http://127.0.0.1:1')).code, 2);
});

test('the token of the environment is sent, and a Tempo is read', async (t) => {
  process.env['TRACES_TOKEN'] = 'let-me-in';
  t.after(() => delete process.env['TRACES_TOKEN']);
  const url = await serve(t, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (request.headers.authorization !== 'Bearer let-me-in') response.writeHead(403).end();
    else if (pathname === '/api/search' && searchParams.get('q') === '{}')
      response.end(JSON.stringify({ traces: [{ traceID: A }, { traceID: B }] }));
    else if (pathname === `/api/v2/traces/${A}`)
      response.end(JSON.stringify({ trace: { resourceSpans: [shop] } }));
    else response.end(JSON.stringify({ trace: { resourceSpans: [mail(B)] } }));
  });
  const { code, out, findings } = await lintReport('--tempo', url);
  assert.equal(code, 1, out);
  assert.equal(findings[0]?.rule, 'lost-context');
});

test('a link to an unread trace is not reported', async (t) => {
  const ids = Array.from({ length: 202 }, (_, index) => `${index}`.padStart(32, 'c'));
  const url = await serve(t, (request, response) => {
    if (request.url === '/api/v3/services') response.end('{"services":["shop"]}');
    else if (request.url?.includes('=shop'))
      response.end(JSON.stringify({ result: { resourceSpans: ids.map((id) => linkingTo(id)) } }));
    else response.writeHead(404).end(unknownTrace);
  });
  const { code, findings, summary } = await lintReport('--jaeger', url);
  assert.deepEqual([code, findings.length], [0, 200]);
  assert.deepEqual(summary.notes, ['Of 202 older traces that are linked to, only 200 were read.']);
});

test('a Tempo that has no trace, or more than were asked for, is told apart', async (t) => {
  let found: object = { metrics: { inspectedTraces: 7 } };
  const url = await serve(t, (request, response) => {
    response.end(JSON.stringify(request.url?.startsWith('/api/search') ? found : { trace: joined }));
  });
  const none = (await traces.lint('--tempo', url, '--lookback', '5m')).error;
  assert.match(none, /no span of the last 5m was read\. .*use --lookback\./);
  found = { traces: [{ traceID: A }] };
  assert.doesNotMatch((await traces.lint('--tempo', url)).out, /there may be more/);
  assert.match((await traces.lint('--tempo', url, '--limit', '1')).out, /^Only 1 traces were read\. There/m);
  found = { metrics: { x: 1 }, error: 'no such route' };
  assert.match(
    (await traces.lint('--tempo', url)).error,
    /Expected Tempo's search results\. Use the address/,
  );
});
