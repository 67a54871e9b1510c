import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { fetchTrace, waitForTrace } from './jaeger.ts';
import { traceId } from '../testing/spans.ts';

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers each read with the next list of span names; the last one stays. An empty list is a 404. */
async function serveGrowing(
  t: TestContext,
  ...answers: string[][]
): Promise<{ url: string; reads: string[] }> {
  const reads: string[] = [];
  const url = await serve(t, (request, response) => {
    reads.push(request.url ?? '');
    const names = answers[Math.min(reads.length, answers.length) - 1] ?? [];
    if (names.length === 0) response.writeHead(404).end('{"error":{"httpCode":404}}');
    else
      response.end(
        JSON.stringify({ result: { resourceSpans: [{ scopeSpans: [{ spans: names.map(spanOf) }] }] } }),
      );
  });
  return { url, reads };
}

function spanOf(name: string, index: number) {
  return { traceId, spanId: String(index).padStart(16, '0'), name };
}

const quick = { pollMs: 1, deadlineMs: 5_000 };

test('a trace is read by its path', async (t) => {
  const { url, reads } = await serveGrowing(t, ['a', 'b']);
  assert.deepEqual(
    (await fetchTrace(url, traceId)).map(({ name }) => name),
    ['a', 'b'],
  );
  assert.deepEqual(reads, [`/api/v3/traces/${traceId}`]);
});

test('an unknown trace has no spans', async (t) => {
  const { url } = await serveGrowing(t, []);
  assert.deepEqual(await fetchTrace(url, traceId), []);
});

test('an id can not change the path', async (t) => {
  const { url, reads } = await serveGrowing(t, []);
  await fetchTrace(url, '../services?x');
  assert.deepEqual(reads, ['/api/v3/traces/..%2Fservices%3Fx']);
});

test('any other answer is an error with its text', async (t) => {
  const url = await serve(t, (_request, response) => response.writeHead(500).end('broken\n'));
  await assert.rejects(
    fetchTrace(url, traceId),
    /^Error: Failed to read http.+: got 500 broken\. Expected 200\.$/,
  );
});

test('no server there is said with the address and the reason', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.close();
  const read = fetchTrace(`http://${address}`, traceId);
  await assert.rejects(read, (error: Error) => {
    assert.ok(error.message.startsWith(`Failed to read http://${address}/api/v3/traces/`), error.message);
    assert.ok(
      error.message.includes(`no answer (connect ECONNREFUSED ${address}). Expected a Jaeger query API`),
    );
    return true;
  });
});

test('a page instead of the API is shown as it is', async (t) => {
  const url = await serve(t, (_request, response) => response.end('<!doctype html>\n<html>'));
  await assert.rejects(
    fetchTrace(url, traceId),
    /got "<!doctype html>.+Expected the JSON of Jaeger's query API/,
  );
});

test('the API may be under a path', async (t) => {
  const asked: string[] = [];
  const url = await serve(t, (request, response) => {
    asked.push(request.url ?? '');
    response.end('{}');
  });
  await fetchTrace(`${url}/jaeger/`, traceId);
  assert.deepEqual(asked, [`/jaeger/api/v3/traces/${traceId}`]);
});

test('waiting ends once the condition holds twice alike', async (t) => {
  const { url, reads } = await serveGrowing(t, [], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c']);
  const spans = await waitForTrace(url, traceId, (found) => found.length >= 2, quick);
  assert.equal(spans.length, 3);
  assert.equal(reads.length, 5);
});

test('a trace that may be empty is read twice, too', async (t) => {
  const { url, reads } = await serveGrowing(t, []);
  assert.deepEqual(await waitForTrace(url, traceId, () => true, quick), []);
  assert.equal(reads.length, 2);
});

test('without a condition any stable span will do', async (t) => {
  const { url } = await serveGrowing(t, [], ['a']);
  assert.equal((await waitForTrace(url, traceId, undefined, quick)).length, 1);
});

test('a condition that throws does not hold yet', async (t) => {
  const { url } = await serveGrowing(t, ['a'], ['a', 'b']);
  const spans = await waitForTrace(url, traceId, (found) => assert.equal(found.length, 2), quick);
  assert.equal(spans.length, 2);
});

test('a condition may be asynchronous', async (t) => {
  const { url } = await serveGrowing(t, ['a'], ['a'], ['a', 'b']);
  const spans = await waitForTrace(url, traceId, async (found) => found.length === 2, quick);
  assert.equal(spans.length, 2);
});

test('an error of the server while waiting is survived', async (t) => {
  let reads = 0;
  const url = await serve(t, (_request, response) => {
    reads += 1;
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [spanOf('a', 1)] }] }] });
    if (reads === 1) response.writeHead(503).end();
    else response.end(body);
  });
  assert.equal((await waitForTrace(url, traceId, undefined, quick)).length, 1);
});

test('the deadline shows the reason and the trace', async (t) => {
  const { url } = await serveGrowing(t, ['lonely']);
  const waiting = waitForTrace(url, traceId, () => assert.fail('no edge'), { pollMs: 1, deadlineMs: 50 });
  await assert.rejects(waiting, (error: Error) => {
    assert.match(error.message, new RegExp(`^Trace ${traceId} was not as expected within 50 ms: no edge`));
    assert.match(error.message, /● lonely/);
    assert.equal((error.cause as Error).message, 'no edge');
    return true;
  });
});

test('the deadline says that nothing came', async (t) => {
  const { url } = await serveGrowing(t, []);
  const waiting = waitForTrace(url, traceId, undefined, { pollMs: 1, deadlineMs: 20 });
  await assert.rejects(waiting, /within 20 ms: the condition did not hold\n\nNo span of it was there\./);
});

test('a trace that never rests ends at the deadline', async (t) => {
  let reads = 0;
  const url = await serve(t, (_request, response) => {
    reads += 1;
    const spans = Array.from({ length: reads }, (_unused, index) => spanOf('a', index));
    response.end(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  });
  await assert.rejects(waitForTrace(url, traceId, undefined, { pollMs: 1, deadlineMs: 50 }), /still growing/);
});
