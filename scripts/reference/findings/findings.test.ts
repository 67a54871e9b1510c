import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { find, isThere, read } from '../../project-files.ts';
import { readFindings } from './finding.ts';
import { HELD_BY_TESTS } from './held-by-tests.ts';

const findings = readFindings();

test('there are at least twenty findings', () => {
  assert.ok(findings.length >= 20, `${findings.length} in findings/`);
});

for (const { name, title, path, text, date, page, seen } of findings) {
  test(`${name} has a title with its words`, () => {
    const words = title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll('-', ' ');
    assert.match(words, new RegExp(`\\b${name.replaceAll('-', '\\b.*\\b')}\\b`), title);
  });

  test(`${name} is a script that cleans up and compares`, () => {
    assert.ok(statSync(join(ROOT, path)).mode & 0o100, 'expected the run bit: chmod +x');
    const [head, ...rest] = text.split('\n').filter((line) => !line.startsWith('# '));
    assert.equal(head, '#!/usr/bin/env bash');
    assert.deepEqual(rest.slice(0, 3), [
      'set -euo pipefail',
      'work=$(mktemp -d)',
      'source "$(dirname "$0")/support/lib.sh"',
    ]);
    assert.match(text, /\| check\n$/);
    assert.doesNotMatch(seen, /PENDING/);
  });

  test(`${name} says when it was seen and where to read on`, () => {
    assert.match(date, /^20\d\d-\d\d-\d\d$/);
    assert.ok(page.endsWith('.md') && isThere(page), `no page ${page}`);
  });
}

test('every package that a finding installs has a version', () => {
  const unpinned = find('findings/**/*.sh')
    .flatMap((path) =>
      Array.from(
        read(path).matchAll(/^ *(?:install_\w+|build_go \S+ \S+) ((?:.|\\\n)+)$/gm),
        ([, packages = '']) => packages,
      ),
    )
    .flatMap((packages) => packages.split(/[\s,]+/))
    .filter((word) => /^[@\w]/.test(word) && !/[@:=](v?\d|\$)/.test(word));
  assert.deepEqual(unpinned, []);
});

test('what the project holds by a test is in that test', () => {
  const missing = HELD_BY_TESTS.filter(({ test: { file, title } }) => !read(file).includes(title));
  assert.deepEqual(missing, []);
});
