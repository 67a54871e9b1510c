import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readInfo } from './info-string.ts';

test('a language alone asks for nothing more', () => {
  assert.deepEqual(readInfo('sh'), {
    language: 'sh',
    ways: [],
    needs: [],
    startsSystem: false,
    fails: false,
  });
});

test('ways, programs and files are read together', () => {
  const { ways, needs } = readInfo('sh local cluster needs kubectl needs python3');
  assert.deepEqual({ ways, needs }, { ways: ['local', 'cluster'], needs: ['kubectl', 'python3'] });
  assert.equal(readInfo('ts from services/writer/app.ts').from, 'services/writer/app.ts');
  assert.equal(readInfo('diff into a.ts').into, 'a.ts');
});

test('a block that is not run says why', () => {
  assert.equal(readInfo('sh not run: it needs a cloud').notRun, 'it needs a cloud');
  assert.throws(() => readInfo('sh not run'), /Expected "not run: " and why/);
  assert.throws(() => readInfo('sh not'), /without a reason/);
});

test('a word that is not known is refused', () => {
  assert.throws(() => readInfo('sh notrun: x'), /got "notrun:"/);
  assert.throws(() => readInfo('sh needs'), /got "needs" and nothing after it/);
  assert.throws(() => readInfo('sh starts a system'), /Expected "starts the system"/);
});
