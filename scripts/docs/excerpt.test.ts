import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, read } from '../project-files.ts';
import { assertExcerpt } from './excerpt.ts';

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

/** Matches fenced blocks that quote a file, for example ```ts from services/writer/app.ts. */
const EXCERPT = /^```\S+ from (?<path>\S+)\n(?<text>.*?)\n```$/gms;

const excerpts = find('*.md', 'docs/**/*.md').flatMap((page) =>
  Array.from(read(page).matchAll(EXCERPT), ({ groups }) => ({ page, path: '', text: '', ...groups })),
);

for (const { page, path, text } of excerpts) {
  test(`${page} shows lines of ${path}`, () => assertExcerpt(text, path));
}

test('the code to copy in the README is of the files that it links', () => {
  const [, section = ''] = /^## The code to copy\n(.*?)^## /ms.exec(read('README.md')) ?? [];
  const fences = Array.from(section.matchAll(/^```.+$/gm), ([fence]) => fence);
  const links = Array.from(section.matchAll(/\]\((services\/[^)]+)\)/g), ([, path]) => path);
  assert.ok(links.length > 0);
  assert.deepEqual(
    fences,
    links.map((path) => `\`\`\`ts from ${path}`),
  );
});
