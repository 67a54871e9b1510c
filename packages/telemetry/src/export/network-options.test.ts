import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOptions, networkOptionsIn } from './network-options.ts';

test('what decides whom Node.js trusts is kept', () => {
  const kept = [
    '--use-system-ca',
    '--tls-min-v1.0',
    '--openssl-config',
    '/etc/ssl.cnf',
    '--dns-result-order=ipv4first',
  ];
  assert.deepEqual(networkOptions(['--import', './own.mjs', ...kept, '--eval', 'work()']), kept);
});

test('a preload is left out, also beside a quoted value', () => {
  const options =
    '--require "./my preload.cjs" --use-openssl-ca --openssl-config="/my \\"ssl\\".cnf" -r ./b.cjs';
  assert.equal(networkOptionsIn(options), '--use-openssl-ca --openssl-config="/my \\"ssl\\".cnf"');
  assert.equal(networkOptionsIn(undefined), '');
});

test('an option may stand in quotes as a whole', () => {
  const kept = '"--use-system-ca" "--openssl-config" "/a b.cnf" "--openssl-config=/a b.cnf"';
  assert.equal(networkOptionsIn(`"--require" "./my preload.cjs" ${kept} "--import=./b c.mjs"`), kept);
});
