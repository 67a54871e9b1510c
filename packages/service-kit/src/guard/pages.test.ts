import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Router } from 'express';
import request from 'supertest';
import { createHttpApp } from '../http-app.ts';
import { createLogger } from '../logger.ts';

const routes = Router().all('/pause', (_request, response) => void response.json({ paused: true }));
const app = createHttpApp({
  logger: createLogger('test', 'silent'),
  routes,
  api: { title: 'test', description: 'A test.', operations: {} },
});
const host = '127.0.0.1:8082';

const CASES: Array<[what: string, headers: Record<string, string>, status: number]> = [
  ['a program', {}, 200],
  ['its own page', { 'sec-fetch-site': 'same-origin', origin: `http://${host}` }, 200],
  ['its own page in an old browser', { origin: `http://${host}` }, 200],
  ["a person's address bar", { 'sec-fetch-site': 'none' }, 200],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
  ['another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:9' }, 403],
  ['another site in an old browser', { origin: 'https://evil.example' }, 403],
  ['a page in a sandbox', { origin: 'null' }, 403],
];

for (const [who, headers, status] of CASES) {
  test(`${who} that sends a POST without a body gets ${status}`, async () => {
    const response = await request(app)
      .post('/pause')
      .set({ host, ...headers });
    assert.equal(response.status, status);
  });
}

test('reading is free', async () => {
  const response = await request(app).get('/pause').set({ host, 'sec-fetch-site': 'cross-site' });
  assert.equal(response.status, 200);
});
