import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import manifest from '../package.json' with { type: 'json' };

const info: Record<string, string> = manifest['scripts-info'];

test('every script has a description, every description a script', () => {
  assert.deepEqual(
    Object.keys(info),
    Object.keys(manifest.scripts),
    'scripts-info in package.json has the same names as scripts, in the same order',
  );
});

test('a description is one line that fits beside its name', () => {
  for (const [name, text] of Object.entries(info)) assert.match(text, /^\S.{8,88}[^\s.]$/, name);
});

test('npm run help prints a line for each script', () => {
  const printed = execFileSync(process.execPath, [join(import.meta.dirname, 'help.mjs')], {
    encoding: 'utf8',
  });
  assert.deepEqual(
    printed.trimEnd().split('\n').map(nameAndText),
    Object.entries(info).map(([name, text]) => [name, text]),
  );
});

const nameAndText = (line: string) => line.match(/^npm (?:run )?(\S+) {2,}(.+)$/)?.slice(1);
