import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPorts } from '../local/supervisor/src/ports.ts';
import { localProcesses } from '../local/supervisor/src/processes.ts';
import { databaseLine, shellLine } from '../local/supervisor/src/shell-line.ts';
import { PROCESSES } from './reference/variables/sources.ts';
import { ownEnvironment } from '@beyond-headers/local-process/own-environment';

/** Variables with values that the system assigns itself, or that belong to processes that it doesn't start. */
const GIVEN = /^(.*_PORT|MONGOD|COMPOSE_.*)$/;
const NOT_STARTED_HERE = new Set(['load', 'mongo-init']);

test('a variable that is nothing to the project reaches a process as it is', () => {
  const shell = { EDITOR: 'vi', OTEL: 'x', HOSTNAME: 'me', JOB_URL: 'http://ci/1', LANG: 'de_DE' };
  for (const place of ['start', 'tests', 'everywhere'] as const) {
    assert.deepEqual(ownEnvironment(shell, place), { env: shell, changed: [], honored: [], isSame: true });
  }
});

test('what is honored wins over what its family is', () => {
  const { env, changed, honored } = ownEnvironment(
    { OTEL_RESOURCE_ATTRIBUTES: 'team=a', OTEL_TRACES_SAMPLER: 'always_off' },
    'start',
  );
  assert.deepEqual(env, { OTEL_RESOURCE_ATTRIBUTES: 'team=a' });
  assert.deepEqual(
    { changed, honored },
    { changed: ['OTEL_TRACES_SAMPLER'], honored: ['OTEL_RESOURCE_ATTRIBUTES'] },
  );
});

for (const [shell, expected] of [
  [{ NO_PROXY: 'intra.net' }, 'intra.net,127.0.0.1,localhost,::1'],
  [{ NO_PROXY: ' a , 127.0.0.1 ' }, 'a,127.0.0.1,localhost,::1'],
  [{ NO_PROXY: '*' }, '*'],
  [{ NODE_USE_ENV_PROXY: '1' }, '127.0.0.1,localhost,::1'],
  [{ NODE_USE_ENV_PROXY: '1', NO_PROXY: '' }, '127.0.0.1,localhost,::1'],
  [{}, undefined],
] as const) {
  test(`this machine is asked without a proxy: ${JSON.stringify(shell)}`, () => {
    for (const place of ['start', 'tests', 'everywhere'] as const) {
      assert.equal(ownEnvironment(shell, place).env['NO_PROXY'], expected);
    }
  });
}

test('a TMPDIR stays where it can be written to', () => {
  assert.equal(ownEnvironment({ TMPDIR: import.meta.dirname }, 'everywhere').isSame, true);
  for (const TMPDIR of ['/dev/null', '/dev/null/tmp', '/no/such/folder', 'scripts', '.', '']) {
    assert.equal(ownEnvironment({ TMPDIR }, 'everywhere').env['TMPDIR'], undefined, TMPDIR);
  }
});

test('what the system gives its processes is pinned, and nothing else is', () => {
  const given = new Set(
    localProcesses({
      ports: readPorts({}),
      mongodbUri: 'mongodb://127.0.0.1',
      mongodbDatabase: 'orders',
      kubeconfig: 'none',
      journals: 'none',
    })
      .flatMap(({ env }) => Object.keys(env))
      .filter((name) => !GIVEN.test(name)),
  );
  const shell = Object.fromEntries([...given].map((name) => [name, 'of the shell']));
  const { changed, honored } = ownEnvironment(shell, 'start');
  // The user may choose the database, and the system passes the choice on.
  assert.deepEqual(honored.toSorted(), ['MONGODB_DATABASE', 'MONGODB_URI']);
  assert.deepEqual([...changed, ...honored].toSorted(), [...given].toSorted());
});

test("every setting of the demo's own is in the table, so that no test depends on the shell", () => {
  const names = PROCESSES.filter(({ name }) => !NOT_STARTED_HERE.has(name)).flatMap(({ schema }) =>
    Object.keys(schema.shape),
  );
  const shell = Object.fromEntries(names.filter((name) => !GIVEN.test(name)).map((name) => [name, 'x']));
  const { changed, honored } = ownEnvironment(shell, 'start');
  assert.deepEqual(
    Object.keys(shell).filter((name) => ![...changed, ...honored].includes(name)),
    [],
    'add these to SHELL_VARIABLES in local/process/src/shell-variables.mjs',
  );
});

test('npm start names in one line what it uses and what it leaves out', () => {
  assert.equal(shellLine({ EDITOR: 'vi', NO_PROXY: 'x', OTEL_TRACES_SAMPLER: '' }), undefined);
  assert.match(
    shellLine({ LOG_LEVEL: 'warn', OTEL_TRACES_SAMPLER: 'always_off', NODE_OPTIONS: '-r x' }) ?? '',
    /^Of what your shell sets: used LOG_LEVEL; left out OTEL_TRACES_SAMPLER, NODE_OPTIONS \(docs/,
  );
});

test('npm start names a database in MONGODB_URI that it does not use', () => {
  assert.match(
    databaseLine('mongodb://me:hunter2@h/shop?replicaSet=rs0', 'beyond_headers') ?? '',
    /^The demo uses the database beyond_headers, not shop in MONGODB_URI\..* MONGODB_DATABASE=shop\.$/,
  );
  for (const uri of ['', 'mongodb://h', 'mongodb://me:p@h/admin', 'mongodb://h/beyond_headers'])
    assert.equal(databaseLine(uri, 'beyond_headers'), undefined, uri);
});
