import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNamespace } from '../namespaces.ts';
import { Store, type Change } from './store.ts';

test('every change has a later version than the one before', () => {
  const store = new Store();
  const created = store.create('namespaces', newNamespace('a'));
  const changed = store.update('namespaces', created, (current) => ({
    ...current,
    status: { phase: 'Terminating' },
  }));
  assert.ok(Number(changed?.metadata.resourceVersion) > Number(created.metadata.resourceVersion));
  assert.equal(String(store.version), changed?.metadata.resourceVersion);
});

test('giving back an equal object writes nothing', () => {
  const store = new Store();
  const created = store.create('namespaces', newNamespace('a'));
  const before = store.version;
  store.update('namespaces', created, (current) => ({ ...current }));
  assert.equal(store.version, before);
});

test('a name can be taken once', () => {
  const store = new Store();
  store.create('namespaces', newNamespace('a'));
  assert.throws(() => store.create('namespaces', newNamespace('a')), /namespaces "a" already exists/);
});

test('an object of the same name but another uid is left alone', () => {
  const store = new Store();
  const first = store.create('namespaces', newNamespace('a'));
  store.remove('namespaces', first);
  store.create('namespaces', newNamespace('a'));
  store.remove('namespaces', first);
  assert.equal(
    store.update('namespaces', first, (current) => ({ ...current })),
    undefined,
  );
  assert.equal(store.count('namespaces'), 1);
});

test('changes since a version are listed until they are forgotten', () => {
  const store = new Store(3);
  const versions = ['a', 'b', 'c', 'd'].map((name) =>
    Number(store.create('namespaces', newNamespace(name)).metadata.resourceVersion),
  );
  const [first = 0, second = 0] = versions;
  assert.deepEqual(names(store.since('namespaces', second)), ['c', 'd']);
  assert.deepEqual(names(store.since('namespaces', first)), ['b', 'c', 'd']);
  assert.equal(store.since('namespaces', first - 1), undefined);
  assert.deepEqual(store.since('jobs', second), []);
});

test('listeners that write do not change the order for others', () => {
  const store = new Store();
  const seen: string[] = [];
  store.subscribe(({ type, object }) => {
    if (type === 'ADDED' && object.metadata.name === 'a') store.create('namespaces', newNamespace('b'));
  });
  store.subscribe(({ object }) => seen.push(object.metadata.name));
  store.create('namespaces', newNamespace('a'));
  assert.deepEqual(seen, ['a', 'b']);
});

function names(changes: Change[] | undefined): string[] | undefined {
  return changes?.map(({ object }) => object.metadata.name);
}
