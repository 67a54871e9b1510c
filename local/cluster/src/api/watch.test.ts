import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { LogBook } from '../kubelet/log-book.ts';
import { newNamespace } from '../namespaces.ts';
import { Store } from '../store/store.ts';
import { clusterApp } from './app.ts';
import { Watches } from './watch.ts';

const HISTORY = 3;

test('a watch from a forgotten version gets 410 Gone', async () => {
  await withServer(async (url, store) => {
    const versions = ['a', 'b', 'c', 'd', 'e'].map(
      (name) => store.create('namespaces', newNamespace(name)).metadata.resourceVersion,
    );
    const gone = await events(`${url}?watch=1&timeoutSeconds=1&resourceVersion=${versions[0] ?? ''}`);
    const { type, object } = gone[0] ?? {};
    assert.deepEqual([gone.length, type, object?.['code'], object?.['reason']], [1, 'ERROR', 410, 'Expired']);
    assert.equal(
      object?.['message'],
      `too old resource version: ${versions[0] ?? ''} (${versions.at(-1) ?? ''})`,
    );
    const known = await events(`${url}?watch=1&timeoutSeconds=1&resourceVersion=${versions[2] ?? ''}`);
    assert.deepEqual(
      known.map((event) => event.type),
      ['ADDED', 'ADDED'],
    );
  });
});

test('a watch from a version of the previous cluster gets 410 Gone', async () => {
  const before = new Store(HISTORY, Date.now() - 1_000);
  const { metadata } = before.create('namespaces', newNamespace('a'));
  await withServer(async (url) => {
    const [gone] = await events(
      `${url}?watch=1&timeoutSeconds=1&resourceVersion=${metadata.resourceVersion ?? ''}`,
    );
    assert.deepEqual([gone?.type, gone?.object['code']], ['ERROR', 410]);
  });
});

test('a reader that falls far behind is cut off', async () => {
  await withServer(async (url, store, watches) => {
    const response = await fetch(`${url}?watch=1`);
    const namespace = store.create('namespaces', newNamespace('large'));
    const large = 'x'.repeat(200_000);
    for (let i = 0; i < 200; i += 1) {
      store.update('namespaces', namespace, (current) => ({
        ...current,
        metadata: { ...current.metadata, annotations: { large, change: String(i) } },
      }));
    }
    await assert.rejects(response.text());
    assert.equal(watches.count, 0);
  });
});

async function withServer(
  use: (url: string, store: Store, watches: Watches) => Promise<void>,
): Promise<void> {
  const store = new Store(HISTORY);
  const watches = new Watches(store);
  const parts = { store, watches, logs: new LogBook(), onError: assert.ifError };
  const server = await listen(clusterApp(parts));
  try {
    await use(`${urlOf(server)}/api/v1/namespaces`, store, watches);
  } finally {
    watches.close();
    await cutServer(server);
  }
}

async function events(url: string): Promise<{ type: string; object: Record<string, unknown> }[]> {
  const lines = (await (await fetch(url)).text()).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { type: string; object: Record<string, unknown> });
}
