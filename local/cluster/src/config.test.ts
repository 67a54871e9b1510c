import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClusterConfig } from './config.ts';

test('without settings it listens on 8084 and has no images', () => {
  assert.deepEqual(readClusterConfig({ CLUSTER_PORT: '' }), {
    port: 8084,
    images: {},
    timeScale: 1,
    kubeconfigPath: undefined,
    allowedHosts: [],
  });
});

test('images are read from JSON', () => {
  const { images } = readClusterConfig({
    CLUSTER_IMAGES: '{"a:1":{"command":["node","a.js"],"env":{"X":"1"}}}',
  });
  assert.deepEqual(images, { 'a:1': { command: ['node', 'a.js'], env: { X: '1' } } });
});

test('a wrong setting is named with its value', () => {
  assert.throws(() => readClusterConfig({ CLUSTER_PORT: 'many' }), /CLUSTER_PORT: got "many"/);
  assert.throws(
    () => readClusterConfig({ CLUSTER_IMAGES: '{' }),
    /CLUSTER_IMAGES: got "\{"\. Expected JSON such as/,
  );
  assert.throws(() => readClusterConfig({ CLUSTER_IMAGES: '{"a":{"command":[]}}' }), /CLUSTER_IMAGES/);
  assert.throws(() => readClusterConfig({ CLUSTER_TIME_SCALE: '0' }), /CLUSTER_TIME_SCALE: got "0"/);
});
