import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { isLeftBehind, isOfThread, journalName, leftBehindName } from './journal-name.ts';

const name = JSON.stringify(new URL('./journal-name.ts', import.meta.url));
const WORKERS = "const { parentPort, Worker } = require('node:worker_threads');";
const TELLS = `${WORKERS} import(${name}).then(({ journalName }) => parentPort.postMessage(journalName()));`;

/** Returns the name that a thread gives its journal, and the ID of the thread. */
async function nameIn(context: TestContext, source: string): Promise<{ ofThread: string; id: number }> {
  const thread = new Worker(source, { eval: true });
  context.after(() => thread.terminate());
  const id = thread.threadId;
  const [ofThread] = (await once(thread, 'message')) as [string];
  return { ofThread, id };
}

test('a thread leaves the journals of its process alone', async (context) => {
  const { ofThread } = await nameIn(context, TELLS);
  assert.equal(isLeftBehind(ofThread), false);
  assert.equal(isLeftBehind(`${process.pid}-of-an-earlier-process.spans`), true);
  assert.equal(isLeftBehind(leftBehindName()), true);
});

test('a journal says which thread has it', async (context) => {
  const { ofThread, id } = await nameIn(context, TELLS);
  assert.equal(isOfThread(ofThread, id), true);
  assert.equal(isOfThread(ofThread, id + 1), false);
  assert.equal(isOfThread(journalName(), id), false);
});

test('a journal of a thread below is of the thread above, too', async (context) => {
  const starts = `const below = new Worker(${JSON.stringify(TELLS)}, { eval: true });
    below.on('message', (name) => parentPort.postMessage(name));`;
  const { ofThread, id } = await nameIn(context, `${WORKERS} import(${name}).then(() => { ${starts} });`);
  assert.equal(isOfThread(ofThread, id), true);
  assert.equal(isLeftBehind(ofThread), false);
});
