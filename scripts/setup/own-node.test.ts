import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(import.meta.dirname, 'own-node.mjs')).href;

/** Runs a command with the Node.js of a project, for which `write` creates the program at a path. */
function runIn(t: TestContext, write: (path: string) => void, args: string[] = []) {
  const root = mkdtempSync(join(tmpdir(), 'own-node-test-'));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
  write(join(root, 'node_modules/node/bin/node'));
  const call = `runWithOwnNode(${JSON.stringify(root)}, ${JSON.stringify(args)}, {})`;
  // Catches errors as scripts/setup.mjs does.
  const code = `import { runWithOwnNode } from ${JSON.stringify(MODULE)};
    try { ${call}; } catch ({ message }) { console.error('setup: ' + message); process.exitCode = 1; }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a group of its own, because `kill` must not signal the test.
    detached: true,
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

const program = (content: string) => (path: string) => {
  writeFileSync(path, content);
  chmodSync(path, 0o755);
};

/** Programs that don't start, with the advice in the error. */
const BROKEN: [what: string, write: (path: string) => void, says: RegExp][] = [
  ['is a link to itself', (path) => symlinkSync(path, path), /ELOOP.*rm -r node_modules/],
  ['may not be run', (path) => writeFileSync(path, ''), /rm -r node_modules/],
  ['is missing', () => {}, /rm -r node_modules/],
  [
    'lacks the loader of its C library',
    program('#!/no/such/ld-linux.so\n'),
    /needs glibc.*docker compose up/,
  ],
];

for (const [what, write, says] of BROKEN) {
  test(`a Node.js that ${what} is named with advice`, async (t) => {
    const child = runIn(t, write);
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    assert.equal(child.exitCode, 1);
    assert.match(stderr, /^setup: failed to start \/.*\/node_modules\/node\/bin\/node: spawn .*\. /);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /\n {4}at /, 'a stack');
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`a ${signal} to the set-up alone ends the command`, async (t) => {
    const listens = `process.on('${signal}', () => { console.log('ended'); process.exit(); });
      setInterval(() => {}, 1e6); console.log('ready');`;
    const child = runIn(t, (path) => symlinkSync(process.execPath, path), ['--eval', listens]);
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout === 'ready\n') child.kill(signal);
    });
    await once(child, 'close');
    assert.equal(stdout, 'ready\nended\n');
    assert.equal(child.exitCode, 0);
  });
}
