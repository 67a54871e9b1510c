import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { find, read } from '../project-files.ts';
import { linksOf } from './markdown.ts';

/** Links of the form [`code`](file): the file must contain the code. Paths and file names don't count as code. */
const links = find('*.md', 'docs/**/*.md').flatMap(linksOf);
const quotes = links.flatMap((link) => {
  const code = /^`([^`]+)`$/.exec(link.text)?.[1];
  const isPath = code !== undefined && (link.path.endsWith(code) || basename(link.path) === code);
  return code === undefined || isPath || !isFile(link.path) ? [] : [{ ...link, code }];
});

function isFile(path: string): boolean {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile() ?? false;
}

test('pages quote code in links', () => {
  assert.ok(quotes.length > 20, `${quotes.length} quotes`);
});

test('code in a link stands in the file behind it', () => {
  const missing = quotes.filter(({ code, path }) => !read(path).includes(code));
  assert.deepEqual(
    missing.map(({ page, code, path }) => `${page}: ${path} has no ${code}`),
    [],
  );
});
