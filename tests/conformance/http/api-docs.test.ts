import assert from 'node:assert/strict';
import { test } from 'node:test';
import request from 'supertest';
import { APPS } from './support/apps.ts';

for (const { app, document } of APPS) {
  test(`${document.info.title}: /docs is a page of files of its own`, async () => {
    const { text, headers } = await request(app)
      .get('/docs')
      .expect(200)
      .expect('content-type', /text\/html/);
    assert.match(
      headers['content-security-policy'] ?? '',
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    assert.doesNotMatch(headers['content-security-policy'] ?? '', /unsafe|https?:/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    const files = Array.from(text.matchAll(/(?:href|src)="([^"]+)"/g), ([, url = '']) => url).filter((url) =>
      url.startsWith('/'),
    );
    assert.deepEqual(files, [
      '/docs/swagger-ui.css',
      '/docs/swagger-ui-bundle.js',
      '/docs/start.js',
      '/openapi.json',
    ]);
    for (const file of files) {
      const { headers: of } = await request(app).get(file).expect(200);
      assert.match(of['content-type'] ?? '', /css|javascript|json/, file);
    }
    assert.doesNotMatch(text, /https?:/);
  });
}

test('no other file of swagger-ui-dist is served', async () => {
  const [first] = APPS;
  assert.ok(first);
  for (const file of ['package.json', 'swagger-ui.js', 'index.html', '..%2fpackage.json']) {
    await request(first.app).get(`/docs/${file}`).expect(404);
  }
});
