import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import {
  commonConfig,
  ConfigError,
  count,
  httpUrl,
  milliseconds,
  mongoConfig,
  onOff,
  port,
  readConfig,
} from './config.ts';

const schema = z.object({
  ...commonConfig,
  WRITER_PORT: port(8081),
  POLL_INTERVAL_MS: milliseconds(1_000),
  MAX_ATTEMPTS: count(5),
  DEMO_CONTROLS: onOff('off'),
  TRACES_URL: httpUrl().default('http://127.0.0.1:16686'),
});

test('defaults need no variable at all', () => {
  assert.deepEqual(readConfig(schema, {}), {
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    WRITER_PORT: 8081,
    POLL_INTERVAL_MS: 1_000,
    MAX_ATTEMPTS: 5,
    DEMO_CONTROLS: false,
    TRACES_URL: 'http://127.0.0.1:16686',
  });
});

test('given values win, blank ones mean unset', () => {
  const config = readConfig(schema, { WRITER_PORT: '0', DEMO_CONTROLS: 'on', LOG_LEVEL: '  ' });
  assert.equal(config.WRITER_PORT, 0);
  assert.equal(config.DEMO_CONTROLS, true);
  assert.equal(config.LOG_LEVEL, 'info');
});

const WRONG: Array<[name: string, value: string]> = [
  ['WRITER_PORT', '65536'],
  ['WRITER_PORT', 'http'],
  ['WRITER_PORT', '80.5'],
  ['WRITER_PORT', '0x50'],
  ['MAX_ATTEMPTS', '1e3'],
  ['POLL_INTERVAL_MS', '0'],
  ['MAX_ATTEMPTS', '-1'],
  ['DEMO_CONTROLS', 'maybe'],
  ['LOG_LEVEL', 'loud'],
  ['HOST', 'http://0.0.0.0'],
  ['TRACES_URL', 'javascript:alert(1)'],
];

for (const [name, value] of WRONG) {
  test(`${name}=${value} is refused by name and value`, () => {
    assert.throws(
      () => readConfig(schema, { [name]: value }),
      (error) => error instanceof ConfigError && error.message.includes(`${name}: got "${value}"`),
    );
  });
}

test('every wrong variable is named at once', () => {
  assert.throws(
    () => readConfig(schema, { WRITER_PORT: 'x', MAX_ATTEMPTS: 'y' }),
    /WRITER_PORT[^]*MAX_ATTEMPTS/,
  );
});

test('a value with several mistakes is named once', () => {
  assert.throws(
    () => readConfig(z.object(mongoConfig), { MONGODB_URI: '127.0.0.1:27017' }),
    ({ message }: Error) => message.split('MONGODB_URI').length === 2,
  );
});

for (const [uri, isRight] of [
  ['mongodb://127.0.0.1:27017/?replicaSet=rs0', true],
  ['mongodb://u:p%40ss%2F@a:1,b:2/db?authSource=admin&appName=@me@', true],
  ['mongodb://u@h', true],
  ['mongodb+srv://u:p@cluster.example.net', true],
  ['mongodb://[::1]:27017/', true],
  ['mongodb://%2Ftmp%2Fmongodb-27017.sock/', true],
  ['mongodb://hunter2/x@h', false],
  ['mongodb://u:h@hunter2@h/', false],
  ['mongodb://u:hunter2/@h/', false],
  ['mongodb://u:hunter:2@h/', false],
  ['mongodb://u:hunter%2@h/', false],
  ['mongodb://u:hunter?2@h/', false],
  ['mongodb://', false],
  ['mongodb://a b/', false],
  ['mongodb://u:hunter2@h:99999/', false],
  ['mongodb://u:hunter2@h:0/', false],
  ['mongodb://u:hunter2@h/100%', false],
  ['mongodb://[::1/', false],
  ['http://h', false],
  ['postgres://u:hunter2@h', false],
  ['mongodb+srv://h:27017/', false],
] as const) {
  test(`${uri} is ${isRight ? 'taken' : 'refused'} as MONGODB_URI`, () => {
    const read = () => readConfig(z.object(mongoConfig), { MONGODB_URI: uri }).MONGODB_URI;
    if (isRight) assert.equal(read(), uri);
    else
      assert.throws(read, ({ message }: Error) => {
        assert.match(
          message,
          /MONGODB_URI: got a value that is not shown\. Expected mongodb:.* or mongodb\+srv:\/\/host\/…,.*percent-encoded/,
        );
        assert.doesNotMatch(message, /hunter/);
        return true;
      });
  });
}

for (const [given, read] of [
  ['http://launcher:8083', 'http://launcher:8083'],
  ['http://launcher:8083/', 'http://launcher:8083'],
  ['https://example.org/traces//', 'https://example.org/traces'],
] as const) {
  test(`a path can be added to ${given}`, () => {
    assert.equal(readConfig(schema, { TRACES_URL: given }).TRACES_URL, read);
  });
}

const WITH_USER = [
  'http://hunter2@h',
  'http://me:hunter2@h/',
  'http://:hunter2@h',
  'ftp://me:hunter2@h',
  'http:me:hunter2@h',
  'http:/me:hunter2@h',
  'http:\\\\me:hunter2@h',
  'me:hunter2@h:80',
];
for (const extra of WITH_USER) {
  test(`a user in ${extra} is refused and not repeated`, () => {
    assert.throws(
      () => readConfig(schema, { TRACES_URL: extra }),
      ({ message }: Error) =>
        /TRACES_URL: got a value that is not shown\. Expected a URL/.test(message) &&
        !message.includes('hunter2'),
    );
  });
}

for (const extra of ['http://h/?tenant=a', 'http://h#top'])
  test(`no path can be added to ${extra}`, () => {
    assert.throws(
      () => readConfig(schema, { TRACES_URL: extra }),
      /without user, password, query and fragment/,
    );
  });
