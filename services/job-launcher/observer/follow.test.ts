import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '@beyond-headers/service-kit';
import { hangUp, json, refusal, scriptedApi, type Answer } from '../testing/scripted-api.ts';
import { reportJobs } from './collections.ts';
import { follow } from './follow.ts';

const job = (name: string, version: string) => ({ metadata: { name, resourceVersion: version } });
const list = (version: string, ...items: object[]): Answer =>
  json(200, { kind: 'JobList', metadata: { resourceVersion: version }, items });

/** A watch that tells these changes and ends. */
const watch =
  (...changes: Array<{ type: string; object: object }>): Answer =>
  (_request, response) =>
    void response.writeHead(200).end(changes.map((change) => `${JSON.stringify(change)}\n`).join(''));

/** Follows a scripted API until it was asked so often; gives what the follower heard and what was asked for. */
async function followed(requests: number, ...answers: Answer[]) {
  const stopping = new AbortController();
  const heard: string[] = [];
  const asked: string[] = [];
  const noting = answers.map((answer): Answer => (request, response) => {
    const query = new URL(request.url ?? '', 'http://api').searchParams;
    asked.push(query.has('watch') ? `watch from ${query.get('resourceVersion')}` : 'list');
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

test('failed watch is made again from where it was', async () => {
  const { asked } = await followed(4, list('10'), hangUp, refusal(500, 'InternalError'), watch());
  assert.deepEqual(asked, ['list', 'watch from 10', 'watch from 10', 'watch from 10']);
});

test('failed list is asked for again', async () => {
  const { asked } = await followed(3, refusal(503, 'ServiceUnavailable'), list('10'), watch());
  assert.deepEqual(asked, ['list', 'list', 'watch from 10']);
});
