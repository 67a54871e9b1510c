import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '@beyond-headers/service-kit/config';
import { clusterConfig } from './config.ts';

test('without settings it listens on 8084 and has no images', () => {
  assert.deepEqual(readConfig(clusterConfig, { CLUSTER_PORT: '' }), {
    CLUSTER_PORT: 8084,
    ALLOWED_HOSTS: [],
    CLUSTER_IMAGES: {},
    CLUSTER_TIME_SCALE: 1,
  });
});

test('images are read from JSON', () => {
  const { CLUSTER_IMAGES } = readConfig(clusterConfig, {
    CLUSTER_IMAGES: '{"a:1":{"command":["node","a.js"],"env":{"X":"1"}}}',
  });
  assert.deepEqual(CLUSTER_IMAGES, { 'a:1': { command: ['node', 'a.js'], env: { X: '1' } } });
});

test('a wrong setting is named with its value', () => {
  for (const [name, value, says] of [
    ['CLUSTER_PORT', 'many', 'got "many"'],
    ['CLUSTER_IMAGES', '{', 'got "{". Expected JSON such as {"report-job:1"'],
    ['CLUSTER_IMAGES', '{"a":{"command":[]}}', 'got "{'],
    ['CLUSTER_TIME_SCALE', '0', 'got "0"'],
  ] as const)
    assert.throws(
      () => readConfig(clusterConfig, { [name]: value }),
      ({ message }: Error) => message.includes(`${name}: ${says}`),
    );
});
