import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '@beyond-headers/service-kit/config';
import { clusterConfig } from './config.ts';

const read = (env: NodeJS.ProcessEnv) => readConfig(clusterConfig, env);

test('without settings it listens on 8084 and has no images', () => {
  const { CLUSTER_PORT, CLUSTER_IMAGES, CLUSTER_TIME_SCALE, CLUSTER_KUBECONFIG } = read({ CLUSTER_PORT: '' });
  assert.deepEqual([CLUSTER_PORT, CLUSTER_IMAGES, CLUSTER_TIME_SCALE], [8084, {}, 1]);
  assert.equal(CLUSTER_KUBECONFIG, undefined);
});

test('images are read from JSON', () => {
  const { CLUSTER_IMAGES } = read({ CLUSTER_IMAGES: '{"a:1":{"command":["node","a.js"],"env":{"X":"1"}}}' });
  assert.deepEqual(CLUSTER_IMAGES, { 'a:1': { command: ['node', 'a.js'], env: { X: '1' } } });
});

test('a wrong setting is named with its value', () => {
  assert.throws(() => read({ CLUSTER_PORT: 'many' }), /CLUSTER_PORT: got "many". Expected a port/);
  assert.throws(() => read({ CLUSTER_IMAGES: '{' }), /CLUSTER_IMAGES: got "\{".*Expected JSON such as/s);
  assert.throws(() => read({ CLUSTER_IMAGES: '{"a":{"command":[]}}' }), /CLUSTER_IMAGES: .*at a\.command/s);
  assert.throws(() => read({ CLUSTER_TIME_SCALE: '0' }), /CLUSTER_TIME_SCALE: got "0"/);
});
