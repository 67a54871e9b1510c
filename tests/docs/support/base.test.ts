import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBase } from './base.ts';

const ENV = {
  WRITER_URL: 'http://127.0.0.1:28081',
  PLAYGROUND_URL: 'http://demo.test',
  TRACES_URL: 'http://127.0.0.1:8080',
};

test('addresses of a running system come from the environment', async () => {
  const { toActual, toDocumented } = await openBase('cluster', ENV);
  const command = 'curl 127.0.0.1:8080/draw 127.0.0.1:8081/orders 127.0.0.1:16686/trace 127.0.0.1:80810';
  const actual = 'curl demo.test/draw 127.0.0.1:28081/orders 127.0.0.1:8080/trace 127.0.0.1:80810';
  assert.equal(toActual(command), actual);
  assert.equal(toDocumented(actual), command);
});

test('the usual addresses need no environment', async () => {
  const { toActual } = await openBase('compose', {});
  assert.equal(toActual('curl 127.0.0.1:8081'), 'curl 127.0.0.1:8081');
});

test('the profile of compose decides on the way', async () => {
  assert.equal((await openBase('compose', {})).way, 'k3s');
  assert.equal((await openBase('compose', { COMPOSE_PROFILES: 'light,load' })).way, 'light');
  assert.equal((await openBase('cluster', {})).way, 'cluster');
});

test('kubectl in a container is not looked for here', async () => {
  const { has } = await openBase('compose', {});
  assert.deepEqual([has('kubectl'), has('sh'), has('no-such-program')], [true, true, false]);
});
