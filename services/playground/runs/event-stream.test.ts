import assert from 'node:assert/strict';
import { test } from 'node:test';
import express from 'express';
import { sourcesWith } from '../testing/read-run.ts';
import { serve } from '../testing/serve.ts';
import { EventStreams } from './event-stream.ts';
import { RecentRuns } from './recent-runs.ts';
import { RunWatches } from './run-watches.ts';

const runIdOf = (number: number) => number.toString(16).padStart(32, 'd');

test('a page whose run finds no room comes again later', async (t) => {
  const streams = new EventStreams(new RunWatches(sourcesWith({})), new RecentRuns());
  t.after(() => streams.close());
  const app = express().get('/:runId', (request, response) => streams.serve(request, response));
  const url = await serve(t, app);
  const pages = new AbortController();
  const open = (number: number) => fetch(`${url}/${runIdOf(number)}`, { signal: pages.signal });
  await Promise.all(Array.from({ length: 60 }, (_, number) => open(number)));
  assert.equal(await (await open(60)).text(), 'retry: 10000\n\n');
  pages.abort();
  // Pages that left make room.
  await t.waitFor(async () => {
    const stop = new AbortController();
    const { body } = await fetch(`${url}/${runIdOf(61)}`, { signal: stop.signal });
    const { value } = (await body?.pipeThrough(new TextDecoderStream()).getReader().read()) ?? {};
    stop.abort();
    assert.match(value ?? '', /^id: /);
  });
});
