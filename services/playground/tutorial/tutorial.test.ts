import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@beyond-headers/service-kit';
import request from 'supertest';
import { test, type TestContext } from 'node:test';
import { createPlayground } from '../app.ts';
import { loadTutorial } from './tutorial.ts';

/** Returns the beginning of a PNG of one by two pixels, which is all that is read. */
function png(): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  return Buffer.concat([head, Buffer.from([0, 0, 0, 1, 0, 0, 0, 2, 8, 6])]);
}

function documents(t: TestContext): string {
  const docs = mkdtempSync(join(tmpdir(), 'tutorial-'));
  t.after(() => rmSync(docs, { recursive: true }));
  mkdirSync(join(docs, 'tutorial'));
  mkdirSync(join(docs, 'images'));
  writeFileSync(join(docs, 'images/shot.png'), png());
  writeFileSync(
    join(docs, 'tutorial/1-first.md'),
    '# First\n\n[on](2-second.md#there) [up](../README.md) [out](https://example.org/x)\n\n![a shot](../images/shot.png)',
  );
  writeFileSync(join(docs, 'tutorial/2-second.md'), '# Second & last\n\n## There');
  writeFileSync(join(docs, 'tutorial/README.md'), '# Not a page');
  return docs;
}

test('pages link to each other and to what is served', (t) => {
  const { names, assets } = loadTutorial(documents(t));
  assert.deepEqual(names, ['1-first', '2-second']);
  assert.deepEqual(
    assets.map(({ url }) => url),
    ['/tutorial/1-first', '/tutorial/2-second', '/tutorial/images/shot.png'],
  );
  const first = String(assets[0]?.body);
  assert.match(first, /<a href="\/tutorial\/2-second#there">on<\/a> up <a href="https:\/\/example\.org\/x">/);
  assert.match(first, /<img src="\/tutorial\/images\/shot\.png" alt="a shot" width="1" height="2"/);
  assert.match(
    first,
    /<a rel="next" href="\/tutorial\/2-second"><small>Next<\/small> Second &amp; last<\/a>/,
  );
});

test('without documents there is no tutorial', () => {
  const none = { names: [], assets: [] };
  assert.deepEqual(loadTutorial(undefined), none);
  assert.deepEqual(loadTutorial(join(tmpdir(), 'nothing-is-here')), none);
});

test('commands go to this system, where the reader can reach it', (t) => {
  const docs = documents(t);
  const commands = 'curl http://127.0.0.1:8081/orders http://127.0.0.1:16686/trace/x http://127.0.0.1:8080';
  writeFileSync(join(docs, 'tutorial/1-first.md'), `# First\n\n    ${commands}\n`);
  const shown = (addresses: Record<string, string>) => String(loadTutorial(docs, addresses).assets[0]?.body);
  assert.match(
    shown({
      'http://127.0.0.1:8081': 'http://127.0.0.1:16686',
      'http://127.0.0.1:16686': 'http://localhost:9686',
    }),
    /curl http:\/\/127\.0\.0\.1:16686\/orders http:\/\/localhost:9686\/trace\/x http:\/\/127\.0\.0\.1:8080/,
  );
  const inCompose = { 'http://127.0.0.1:8081': 'http://writer:8081' };
  assert.match(shown(inCompose), /curl http:\/\/127\.0\.0\.1:8081\/orders/);
});

const at = (port: number): string => `http://localhost:${port}`;

test('every service of the tutorial is that of this system', async (t) => {
  const docs = documents(t);
  const addresses = [8080, 8081, 8082, 8083, 16_686].map((port) => `http://127.0.0.1:${port}`).join(' ');
  writeFileSync(join(docs, 'tutorial/1-first.md'), `# First\n\n    ${addresses}\n`);
  const { app } = createPlayground({
    ownUrl: at(1),
    writerUrl: at(2),
    pollerUrl: at(3),
    jobLauncherUrl: at(4),
    tracesUrl: at(5),
    tracesQueryUrl: at(6),
    otlpUrl: at(7),
    docs,
    logger: createLogger('test', 'silent'),
  });
  const { text } = await request(app).get('/tutorial/1-first').expect(200);
  assert.ok(text.includes([1, 2, 3, 4, 5].map(at).join(' ')), text);
});
