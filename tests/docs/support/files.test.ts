import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patch } from './files.ts';

const FILE = 'const a = 1;\n\nfunction f() {\n  return a;\n}\n';

test('a change is made in each of its places', () => {
  const diff = '-const a = 1;\n+const a = 2;\n@@\n function f() {\n+  log();\n   return a;';
  assert.equal(patch(FILE, diff, 'f.ts'), 'const a = 2;\n\nfunction f() {\n  log();\n  return a;\n}\n');
});

test('a change that fits nowhere is refused, and one that fits twice', () => {
  assert.throws(() => patch(FILE, '-const b = 1;', 'f.ts'), /fits 0 places in f\.ts/);
  assert.throws(() => patch('x\nx\n', '-x', 'f.ts'), /fits 2 places/);
});
