import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactSecrets } from './redact-secrets.ts';

const ENV = {
  OTEL_EXPORTER_OTLP_HEADERS: 'x-team=our prod,x-key=prod-s3cret,api-key=top%2Fsecret, x-short=a',
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'authorization=Basic 100%zz',
  OTEL_SERVICE_NAME: 'writer',
};

const MESSAGES: Array<[message: string, shown: string]> = [
  ['connect http://u:p@host:4318/v1/traces', 'connect http://***@host:4318/v1/traces'],
  ["not a URL: 'http://u:p/w@rd@host:99999'", "not a URL: 'http://***@host:99999'"],
  ['mongodb://user:secret@a,b/?x=1 and https://k@host', 'mongodb://***@a,b/?x=1 and https://***@host'],
  ['at file:///app/node_modules/@scope/a.mjs:1', 'at file:///app/node_modules/@scope/a.mjs:1'],
  ['profile://u:p@host', 'profile://***@host'],
  ['file:///@scope/a.mjs,https://u:p@host', 'file:///@scope/a.mjs,https://***@host'],
  ['a@b.org://host', 'a@b.org://host'],
  ['no user has the key prod-s3cret', 'no user has the key ***'],
  ['header top/secret is wrong', 'header *** is wrong'],
  ['header top%2Fsecret is wrong', 'header *** is wrong'],
  ['got Basic 100%zz', 'got ***'],
  ['no user has the token 100%zz', 'no user has the token ***'],
  ['a writer at http://host:4318 <a@b.org>', 'a writer at http://host:4318 <a@b.org>'],
];

for (const [message, shown] of MESSAGES) {
  test(`${JSON.stringify(message)} shows no secret`, () => {
    assert.equal(redactSecrets(message, ENV), shown);
  });
}

// Ten times the longest time on a slow machine. A quadratic path takes seconds.
const LIMIT_MS = 500;

test('a message takes linear time', () => {
  for (const repeated of ['/', '://', 'https://', 'file:/', '@', 'file://@', '//@']) {
    const start = performance.now();
    redactSecrets(repeated.repeat(64_000), ENV);
    const tookMs = performance.now() - start;
    assert.ok(tookMs < LIMIT_MS, `${JSON.stringify(repeated)}: ${Math.round(tookMs)} ms`);
  }
});
