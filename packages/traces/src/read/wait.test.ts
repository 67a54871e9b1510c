import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWith, serve, serveGrowing, spanOf } from '../testing/http.ts';
import { traceId } from '../testing/spans.ts';
import { waitForTrace } from './wait.ts';

const quick = { pollMs: 1, deadlineMs: 5_000 };

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
    const body = answerWith([spanOf('a', 1)]);
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
    response.end(answerWith(spans));
  });
  await assert.rejects(waitForTrace(url, traceId, undefined, { pollMs: 1, deadlineMs: 50 }), /still growing/);
});
