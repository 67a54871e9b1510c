import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createLineFormatter } from './format-line.ts';

const plain = createLineFormatter(['writer', 'mongod', 'poller'], false);

test('a log record shows level, message, trace', () => {
  const record = { level: 'warn', msg: 'late', trace_id: '4bf92f35', err: { message: 'no answer' } };
  assert.equal(plain('poller', JSON.stringify(record)), 'poller | WARN  late (no answer) trace=4bf92f35');
});

test('a request log shows request and status', () => {
  const record = {
    level: 'info',
    msg: 'request completed',
    req: { method: 'GET', url: '/status' },
    res: { statusCode: 200 },
    responseTime: 7,
  };
  assert.equal(
    plain('writer', JSON.stringify(record)),
    'writer | INFO  request completed GET /status 200 7 ms',
  );
});

test('other lines stay as they are', () => {
  for (const line of ['plain text', '{"half": ', '{"no":"message"}', '[1]', '{"msg":5}', '']) {
    assert.equal(plain('mongod', line), `mongod | ${line}`);
  }
});

test('colour marks prefix and level only', () => {
  const coloured = createLineFormatter(['writer'], true)('writer', '{"level":"error","msg":"broken"}');
  assert.equal(coloured, '\u001B[36mwriter |\u001B[39m \u001B[31mERROR\u001B[39m broken');
});
