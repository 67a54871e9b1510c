import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertExcerpt, patch } from './files.ts';

const FILE = 'const a = 1;\n\nfunction f() {\n  return a;\n}\n';

test('an excerpt stands in its file, indented as it may be', () => {
  assertExcerpt('function f() {\n    return a;', 'f.ts', FILE);
  assertExcerpt('const a = 1;\n…\nreturn a;', 'f.ts', FILE);
});

test('an excerpt that is not in its file is refused', () => {
  assert.throws(() => assertExcerpt('const a = 2;', 'f.ts', FILE), /f\.ts has no such lines:\nconst a = 2;/);
  assert.throws(() => assertExcerpt('return a;\n…\nconst a = 1;', 'f.ts', FILE), /after the part before/);
  assert.throws(() => assertExcerpt('const a = 1;\nfunction f() {', 'f.ts', FILE), /no such lines/);
});

test('a change is made in each of its places', () => {
  const diff = '-const a = 1;\n+const a = 2;\n@@\n function f() {\n+  log();\n   return a;';
  assert.equal(patch(FILE, diff, 'f.ts'), 'const a = 2;\n\nfunction f() {\n  log();\n  return a;\n}\n');
});

test('a change that fits nowhere is refused, and one that fits twice', () => {
  assert.throws(() => patch(FILE, '-const b = 1;', 'f.ts'), /fits 0 places in f\.ts/);
  assert.throws(() => patch('x\nx\n', '-x', 'f.ts'), /fits 2 places/);
});
