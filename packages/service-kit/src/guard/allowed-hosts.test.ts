import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { allowedHosts } from './allowed-hosts.ts';

const names = z.object({ ALLOWED_HOSTS: allowedHosts() });

test('allowed hosts are read in one spelling', () => {
  const { ALLOWED_HOSTS } = readConfig(names, { ALLOWED_HOSTS: 'Orders.Example.org., api.example.org,' });
  assert.deepEqual(ALLOWED_HOSTS, ['orders.example.org', 'api.example.org']);
  assert.deepEqual(readConfig(names, {}).ALLOWED_HOSTS, []);
});

for (const value of [
  'https://orders.example.org',
  'orders.example.org:443',
  'orders.example.org/',
  '*',
  '*.example.org',
  '.example.org',
  'a.example.org, .example.org',
  'a..b',
]) {
  test(`${value} is not an allowed host`, () => {
    assert.throws(
      () => readConfig(names, { ALLOWED_HOSTS: value }),
      /ALLOWED_HOSTS: got ".*Expected host names separated by commas, without scheme and port/,
    );
  });
}
