import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { anchorsOf, localLinks, markdownFiles, readPage } from './support/markdown.ts';

const INDEX = 'docs/README.md';
/** In a README on GitHub, this path leads to the repository's releases, whatever the repository's address is. */
const RELEASES = '../../releases/';
const links = markdownFiles()
  .flatMap((page) => localLinks(page, readPage(page)).map((link) => ({ page, ...link })))
  .filter(({ path }) => !path.startsWith(RELEASES));

test('every link leads to a file', () => {
  const broken = links.filter(({ path }) => !existsSync(join(ROOT, path)));
  assertNone(broken.map(described));
});

test('every anchor is a heading there', () => {
  const broken = links.filter(
    ({ path, anchor }) => anchor && path.endsWith('.md') && !anchorsOf(readPage(path)).includes(anchor),
  );
  assertNone(broken.map(described));
});

test('every document is reached from the index', () => {
  const reached = new Set([INDEX]);
  for (const from of reached) for (const { page, path } of links) if (page === from) reached.add(path);
  const documents = markdownFiles().filter((page) => page.startsWith('docs/'));
  assertNone(documents.filter((page) => !reached.has(page)));
});

test('no page shows a raw docstring link', () => {
  assertNone(markdownFiles().filter((page) => readPage(page).includes('{@link')));
});

test('the steps of the tutorial follow each other', () => {
  const steps = markdownFiles().filter((page) => page.startsWith('docs/tutorial/'));
  const jumps = steps.slice(0, -1).filter((page, index) => {
    const next = steps[index + 1];
    return !links.some((link) => link.page === page && link.path === next);
  });
  assertNone(jumps);
});

function described({ page, href }: { page: string; href: string }): string {
  return `${page}: ${href}`;
}

function assertNone(found: string[]): void {
  assert.ok(found.length === 0, `got\n  ${found.join('\n  ')}`);
}
