import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MongoNetworkError, MongoServerError } from 'mongodb';
import { untilAnswered } from './until-answered.ts';

const away = new MongoNetworkError('cut');
const never = new AbortController().signal;

/** Returns a write that fails with each of these errors and then succeeds, and the number of its runs. */
function writeThatFails(errors: Iterable<Error>) {
  const pending = [...errors];
  const counts = { runs: 0 };
  const write = async () => {
    const error = pending[counts.runs++];
    if (error) throw error;
    return 'written';
  };
  return { counts, write };
}

test('a write is run until the database answers', async () => {
  const { counts, write } = writeThatFails([away, away]);
  assert.equal(await untilAnswered(write, never), 'written');
  assert.equal(counts.runs, 3);
});

test('what trying again cannot change ends it at once', async () => {
  const refused = new MongoServerError({ code: 121, errmsg: 'Document failed validation' });
  const { counts, write } = writeThatFails([refused]);
  await assert.rejects(untilAnswered(write, never), refused);
  assert.equal(counts.runs, 1);
});

test('an abort ends it with the last error, also in a pause', async () => {
  const stopping = new AbortController();
  const { counts, write } = writeThatFails(Array.from({ length: 1_000 }, () => away));
  const written = untilAnswered(write, stopping.signal);
  setImmediate(() => stopping.abort());
  await assert.rejects(written, away);
  assert.ok(counts.runs <= 2, `${counts.runs} runs`);
});
