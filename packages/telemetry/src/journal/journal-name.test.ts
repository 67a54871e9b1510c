import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { isLeftBehind } from './journal-name.ts';

test('a thread leaves the journals of its process alone', async (context) => {
  const name = JSON.stringify(new URL('./journal-name.ts', import.meta.url));
  const ofThread = await new Promise<string>((resolve, reject) => {
    const source = `const { parentPort } = require('node:worker_threads');
      import(${name}).then(({ journalName }) => parentPort.postMessage(journalName()));`;
    const thread = new Worker(source, { eval: true });
    thread.once('message', resolve).once('error', reject);
    context.after(() => thread.terminate());
  });
  assert.equal(isLeftBehind(ofThread), false);
  assert.equal(isLeftBehind(`${process.pid}-of-an-earlier-process.spans`), true);
});
