import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import type { Base } from './base.ts';
import { readSteps } from './page.ts';
import { Reader } from './reader.ts';
import { Shell } from './shell.ts';

const base: Base = {
  way: 'local',
  banner: 'It runs.',
  toActual: (command) => command.replaceAll('127.0.0.1:8081', '127.0.0.1:31234'),
  toDocumented: (output) => output.replaceAll('127.0.0.1:31234', '127.0.0.1:8081'),
  has: () => true,
  stop: async () => {},
};

const notes: string[] = [];
const shell = new Shell();
after(() => shell.close());

/** Runs all steps of a page. Rejects at the first failure. */
async function follow(source: string, { path = 'a.md', update = false } = {}): Promise<void> {
  const reader = new Reader({ path, base, shell, update, note: (text) => void notes.push(text) });
  for (const step of readSteps(path, source)) await reader.follow(step);
  if (update) reader.updatePage();
}

const page = (command: string, output?: string, word = '') =>
  '```sh' +
  word +
  '\n' +
  command +
  '\n```\n' +
  (output === undefined ? '' : '\n```text\n' + output + '\n```\n');

test('an output that is promised and printed passes', async () => {
  await follow(page('echo one; echo two >&2', 'one\ntwo'));
});

test('a stale output fails with both sides', async () => {
  const stale = follow(page('printf "same\\nnew\\n"', 'same\nold'));
  await assert.rejects(stale, /a\.md:5 says another output[^]*  same\n- old\n\+ new/);
});

test('an output that the page does not show fails', async () => {
  await assert.rejects(follow(page('echo surprise')), /\+ surprise/);
});

test('a command that fails ends the page, though the last one works', async () => {
  await assert.rejects(follow(page('false\ntrue')), /got exit code 1: false/);
  await assert.rejects(follow(page('true', undefined, ' fails')), /Expected a command that fails/);
  await follow(page('false', undefined, ' fails'));
});

test('a terminal keeps variables, functions and its folder', async () => {
  await follow(
    page('x=1; f() { echo "$x $1"; }; cd tests') + page('f "$(basename "$PWD")"; cd ..', '1 tests'),
  );
});

test('documented addresses become real ones and back', async () => {
  await follow(page('address=127.0.0.1:8081; echo "${address#127.0.0.1:} $address"', '31234 127.0.0.1:8081'));
});

test('the same id has to be the same in the run', async () => {
  const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
  await follow(page(`echo ${b}; echo ${b}`, `${a}\n${a}`));
  await assert.rejects(follow(page(`echo ${a}`, a) + page(`echo ${b}`, a)), /- <trace 1>\n\+ <trace 2>/);
});

test('an update writes every output of a stale page', async () => {
  const path = join('.local', `reader-test-${process.pid}.md`);
  const source = page('echo 12 ms', '7 ms') + page('echo new', 'old') + page('true');
  writeFileSync(join(ROOT, path), source);
  try {
    await follow(source, { path, update: true });
    assert.equal(
      readFileSync(join(ROOT, path), 'utf8'),
      source.replace('7 ms', '12 ms').replace('old', 'new'),
    );
  } finally {
    rmSync(join(ROOT, path));
  }
});

test('an update fills the empty block of a new page', async () => {
  const path = join('.local', `reader-test-${process.pid}.md`);
  const fence = '```';
  for (const empty of ['', '\n']) {
    const source = `${fence}sh\necho new\n${fence}\n\n${fence}text\n${empty}${fence}\n`;
    writeFileSync(join(ROOT, path), source);
    try {
      await follow(source, { path, update: true });
      assert.match(readFileSync(join(ROOT, path), 'utf8'), /text\nnew\n```\n$/);
    } finally {
      rmSync(join(ROOT, path));
    }
  }
});

test('an output that is right at the second try passes, and is reported', async () => {
  notes.length = 0;
  await follow(page('n=$((n + 1)); echo "$n"', '2') + page('unset n'));
  assert.match(notes.join(), /a\.md:5: the output differed, done once more:\n- 2\n\+ 1/);
});

test('what the system prints at its start is compared', async () => {
  await follow(page('npm start', 'It runs.', ' starts the system'));
  await assert.rejects(follow(page('npm start', 'It runs not.', ' starts the system')), /- It runs not/);
});
