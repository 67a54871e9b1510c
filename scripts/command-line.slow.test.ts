import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { text } from 'node:stream/consumers';
import { ROOT } from '@beyond-headers/local-process/root';
import manifest from '../package.json' with { type: 'json' };
import { endOf } from '../tests/support/run.ts';

/** Commands of other projects, which print their own usage. */
const FOREIGN = new Set(['format', 'lint', 'types']);
/** Commands that have no script in package.json. */
const UNNAMED = { waterfalls: 'tests/scenarios/waterfalls/main.ts' };

const fromManifest = Object.entries<string>(manifest.scripts)
  .filter(([name]) => !FOREIGN.has(name))
  .map(
    ([name, script]) =>
      [name, script.replace(/^(exec )?node (scripts\/setup\.mjs )?/, '').split(' ')] as const,
  );
const COMMANDS = [...fromManifest, ...Object.entries(UNNAMED).map(([name, file]) => [name, [file]] as const)];

/** For each command that accepts names: text that its error message for an unknown name must contain. */
const NAMES: Record<string, string> = {
  doctor: 'compose',
  test: 'integration',
  scenario: 'document carrier off',
  why: 'the id of one order',
  'test:browser': 'keyboard',
  'test:conformance': 'integration',
  'test:cluster': 'secrets',
  'test:compose': 'light',
  'test:docs': 'tutorial/1-joined-trace.md',
  'test:kustomize': 'render',
  'test:tilt': 'tiltfile',
  'test:examples': 'languages',
  'test:foreign': 'pg-boss',
  'test:settings': 'proxy',
  'test:packages': 'managers',
  release: 'notes',
  bench: 'propagation',
  queue: 'retry',
  pack: 'propagation',
};

const run = (args: readonly string[]) => endOf([process.execPath, ...args]);

for (const [name, command] of COMMANDS) {
  test(`${name} --help prints how it is called`, async () => {
    const { status, stdout, stderr } = await run([...command, '--help']);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^(npm|node|Usage:) /);
  });

  test(`${name} does nothing for an option that it does not know`, async () => {
    const { status, stdout, stderr } = await run([...command, '--nope']);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /'--nope'/);
    assert.match(stderr, /\n(npm|node|Usage:) /);
  });

  test(`${name} does nothing for a name that it does not know`, async () => {
    const { status, stdout, stderr } = await run([...command, 'nosuch']);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /"nosuch"/);
    assert.ok(stderr.includes(NAMES[name] ?? 'Expected no name'), stderr);
  });
}

for (const [script, args, kept] of [
  ['reference', ['--check'], '--check'],
  ['reset', ['--all'], '--all'],
  ['scenario', ['--writer=http://127.0.0.1:9', 'joined'], '--writer'],
  ['queue', ['purge', 'an-order', '--dry-run'], '--dry-run'],
  ['queue', ['retry', '--all'], '--all'],
] as const) {
  test(`npm run ${script} does nothing if npm keeps ${kept}`, async () => {
    const env = { ...process.env, MONGODB_URI: 'mongodb://127.0.0.1:9' };
    const { status, stdout, stderr } = await endOf(['npm', 'run', '--silent', script, ...args], { env });
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.ok(stderr.includes(`npm kept ${kept} for itself.`), stderr);
    assert.ok(stderr.includes(`npm run ${script} -- ${kept}\n`), stderr);
  });
}

test('a command whose output no one reads ends without a stack', async () => {
  const child = spawn(process.execPath, ['tests/scenarios/main.ts', '--labs'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
  assert.deepEqual([stderr, child.signalCode], ['', 'SIGTERM']);
});

test('a known name beside an unknown one is not done either', async () => {
  const { status, stdout, stderr } = await run(['tests/scenarios/main.ts', 'joined', 'job carrier off']);
  assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
  assert.match(stderr, /Unknown name "job carrier off"/);
});
