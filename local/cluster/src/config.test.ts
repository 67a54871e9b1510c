import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';

test('without settings it listens on 8084 and has no images', () => {
  assert.deepEqual(readConfig({ CLUSTER_PORT: '' }), {
    port: 8084,
    images: {},
    timeScale: 1,
    kubeconfigPath: undefined,
  });
});

test('images are read from JSON', () => {
  const { images } = readConfig({ CLUSTER_IMAGES: '{"a:1":{"command":["node","a.js"],"env":{"X":"1"}}}' });
  assert.deepEqual(images, { 'a:1': { command: ['node', 'a.js'], env: { X: '1' } } });
});

test('a wrong setting is named with its value', () => {
  assert.throws(() => readConfig({ CLUSTER_PORT: 'many' }), /CLUSTER_PORT: got "many"/);
  assert.throws(
    () => readConfig({ CLUSTER_IMAGES: '{' }),
    /CLUSTER_IMAGES: got "\{".*Expected JSON such as/s,
  );
  assert.throws(() => readConfig({ CLUSTER_IMAGES: '{"a":{"command":[]}}' }), /CLUSTER_IMAGES/);
  assert.throws(() => readConfig({ CLUSTER_TIME_SCALE: '0' }), /CLUSTER_TIME_SCALE: got "0"/);
});
