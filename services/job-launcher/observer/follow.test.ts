import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '@beyond-headers/service-kit';
import { hangUp, json, refusal, scriptedApi, type Answer } from '../testing/scripted-api.ts';
import { reportJobs } from './collections.ts';
import { follow } from './follow.ts';

const job = (name: string, version: string) => ({ metadata: { name, resourceVersion: version } });
const list = (version: string, ...items: object[]): Answer =>
  json(200, { kind: 'JobList', metadata: { resourceVersion: version }, items });

/** A watch that delivers these changes and ends. */
const watch =
  (...changes: Array<{ type: string; object: object }>): Answer =>
  (_request, response) =>
    void response.writeHead(200).end(changes.map((change) => `${JSON.stringify(change)}\n`).join(''));

/** Follows a scripted API for a number of requests. Returns the events that the follower received, and the requests. */
async function followed(requests: number, ...answers: Answer[]) {
  const stopping = new AbortController();
  const heard: string[] = [];
  const asked: string[] = [];
  const noting = answers.map((answer): Answer => (request, response) => {
    const query = new URL(request.url ?? '', 'http://api').searchParams;
    asked.push(requestOf(query));
    answer(request, response);
    if (asked.length >= requests) setImmediate(() => stopping.abort());
  });
  await using api = await scriptedApi(...noting);
  await follow(
    reportJobs(api.kubernetes, 'default'),
    {
      listed: (jobs) => void heard.push(`listed ${jobs.map(({ metadata }) => metadata?.name).join()}`),
      changed: ({ type, object }) => void heard.push(`${type} ${object.metadata?.name}`),
    },
    { signal: stopping.signal, logger: createLogger('test', 'silent') },
  );
  return { heard, asked };
}

function requestOf(query: URLSearchParams): string {
  if (query.has('watch')) return `watch from ${query.get('resourceVersion')}`;
  return query.has('continue') ? `list on from ${query.get('continue')}` : 'list';
}

test('watch goes on from the last version seen', async () => {
  const { heard, asked } = await followed(
    4,
    list('10', job('a', '9')),
    watch(
      { type: 'MODIFIED', object: job('a', '11') },
      { type: 'BOOKMARK', object: { metadata: { resourceVersion: '20' } } },
    ),
    watch({ type: 'DELETED', object: job('a', '21') }),
    watch(),
  );
  assert.deepEqual(asked, ['list', 'watch from 10', 'watch from 20', 'watch from 21']);
  assert.deepEqual(heard, ['listed a', 'MODIFIED a', 'DELETED a']);
});

for (const [name, expired] of Object.entries({
  'as an event': watch({ type: 'ERROR', object: { code: 410, kind: 'Status' } }),
  'as an answer': refusal(410, 'Expired'),
})) {
  test(`410 ${name} makes the list the truth again`, async () => {
    const { heard, asked } = await followed(
      4,
      list('10', job('a', '9')),
      expired,
      list('30', job('b', '29')),
      watch(),
    );
    assert.deepEqual(asked, ['list', 'watch from 10', 'list', 'watch from 30']);
    assert.deepEqual(heard, ['listed a', 'listed b']);
  });
}

test('watch that breaks off is made again from a new list', async () => {
  const { asked } = await followed(
    5,
    list('10'),
    hangUp,
    list('20'),
    refusal(500, 'InternalError'),
    list('30'),
    watch(),
  );
  assert.deepEqual(asked, ['list', 'watch from 10', 'list', 'watch from 20', 'list']);
});

test('watch that said nothing is not believed', async () => {
  const { asked } = await followed(4, list('10'), watch(), list('20'), watch());
  assert.deepEqual(asked, ['list', 'watch from 10', 'list', 'watch from 20']);
});

for (const line of [
  '<html>',
  '{"type":"MODIFIED"}',
  '{"type":"MODIFIED","object":{}}',
  '{"type":"ERROR","object":{}}',
]) {
  test(`change is not passed over after ${line}`, async () => {
    const { heard, asked } = await followed(
      4,
      list('10'),
      (_request, response) =>
        void response.end(`${line}\n${JSON.stringify({ type: 'MODIFIED', object: job('a', '12') })}\n`),
      list('20', job('a', '12')),
      watch(),
    );
    assert.deepEqual(asked, ['list', 'watch from 10', 'list', 'watch from 20']);
    assert.deepEqual(heard, ['listed ', 'listed a']);
  });
}

test('watch shows what there is while lists fail', async () => {
  const { heard, asked } = await followed(
    5,
    refusal(503, 'ServiceUnavailable'),
    watch({ type: 'ADDED', object: job('a', '9') }),
    refusal(503, 'ServiceUnavailable'),
    watch({ type: 'DELETED', object: job('a', '10') }),
    refusal(503, 'ServiceUnavailable'),
  );
  assert.deepEqual(asked, ['list', 'watch from null', 'list', 'watch from 9', 'list']);
  assert.deepEqual(heard, ['ADDED a', 'DELETED a']);
});

const page = (name: string, token?: string) =>
  json(200, {
    kind: 'JobList',
    metadata: { resourceVersion: '10', ...(token && { continue: token }) },
    items: [job(name, '9')],
  });

test('list in pages is one list', async () => {
  const { heard, asked } = await followed(4, page('a', 'next'), page('b', 'last'), page('c'), watch());
  assert.deepEqual(asked, ['list', 'list on from next', 'list on from last', 'watch from 10']);
  assert.deepEqual(heard, ['listed a,b,c']);
});

test('what fails again and again is asked less and less', async () => {
  const startedAt = performance.now();
  const { asked } = await followed(
    7,
    list('10'),
    refusal(403, 'Forbidden'),
    list('10'),
    refusal(403, 'Forbidden'),
  );
  const tookMs = performance.now() - startedAt;
  assert.deepEqual(asked.slice(0, 4), ['list', 'watch from 10', 'list', 'watch from 10']);
  assert.ok(tookMs >= 200 + 400 + 800, `took ${tookMs} ms`);
});

test('server that asks for time gets it', async () => {
  const startedAt = performance.now();
  await followed(3, list('10'), refusal(429, 'TooManyRequests', '', { 'retry-after': '1' }), list('20'));
  assert.ok(performance.now() - startedAt >= 1_000);
});
