import assert from 'node:assert/strict';
import { test } from 'node:test';

import { banner } from './banner.ts';
import type { LocalSystem } from './local-system.ts';
import { localUrls, readPorts } from './ports.ts';

function bannerWith(mongodb: string): string {
  const ports = readPorts({});
  const urls = { ...localUrls(ports), mongodb };
  return banner({ urls, ports, kubeconfig: 'kubeconfig' } as LocalSystem, 1_000);
}

test('a password of MongoDB is not shown', () => {
  const shown = bannerWith('mongodb://me:secret@one.example:27017,two.example:27017/?replicaSet=rs0');
  assert.ok(shown.includes('  mongodb://…@one.example:27017,two.example:27017/?replicaSet=rs0'));
  assert.ok(!shown.includes('secret'));
});

test('the first advice is to open the page, then the traces and the descriptions', () => {
  const advice = bannerWith('mongodb://127.0.0.1:27017')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  assert.match(advice[1] ?? '', /^Open http:\/\/127\.0\.0\.1:8080 and press Run/);
  assert.match(advice[2] ?? '', /http:\/\/127\.0\.0\.1:16686, .* http:\/\/127\.0\.0\.1:8081\/docs$/);
});

test('an address without a password is shown as it is', () => {
  const uri = 'mongodb://127.0.0.1:27017/?replicaSet=rs0';
  assert.ok(bannerWith(uri).includes(`  ${uri}`));
});
