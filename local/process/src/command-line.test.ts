import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstAddress, firstTracesAddress } from './command-line.ts';

for (const [value, address] of [
  ['http://127.0.0.1:8081', 'http://127.0.0.1:8081'],
  [' http://writer:8081/ ', 'http://writer:8081'],
  ['https://example.org/demo//', 'https://example.org/demo'],
] as const) {
  test(`"${value}" is read as an address`, () => {
    assert.equal(firstAddress(['--writer', undefined], ['WRITER_URL', value]), address);
  });
}

for (const value of ['localhost:8081', '127.0.0.1:8081', '8081', 'ftp://h', 'http://', 'http://h?a=b']) {
  test(`"${value}" is refused as an address`, () => {
    assert.throws(() => firstAddress(['--writer', value], ['WRITER_URL', 'http://h']), {
      message: `--writer is not an address: got ${JSON.stringify(value)}. Expected a URL such as http://127.0.0.1:8081.`,
    });
  });
}

for (const value of ['http://me:hunter2@h', 'me:hunter2@h:80']) {
  test(`a password in ${value} is not shown`, () => {
    assert.throws(
      () => firstAddress(['WRITER_URL', value]),
      ({ message }: Error) => message.includes('not shown') && !message.includes('hunter2'),
    );
  });
}

test('an address of traces may have a password', () => {
  assert.equal(firstTracesAddress(['TRACES_URL', 'https://me:p%40ss@h/']), 'https://me:p%40ss@h');
  assert.throws(() => firstTracesAddress(['TRACES_URL', 'h:16686']), /^Error: TRACES_URL is not an address/);
});

test('a blank value is not an address', () => {
  assert.equal(firstAddress(['--writer', ''], ['WRITER_URL', ' ']), undefined);
});
