import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorsOf, linksOf, type Link } from '../../scripts/docs/markdown.ts';
import { find, isThere, read } from '../../scripts/project-files.ts';

const INDEX = 'docs/README.md';
/** In a README on GitHub, this path leads to the repository's releases, whatever the repository's address is. */
const RELEASES = '../../releases/';
const pages = find('**/*.md');
const links = pages.flatMap(linksOf).filter(({ path }) => !path.startsWith(RELEASES));

test('every link leads to a file', () => {
  const broken = links.filter(({ path }) => !isThere(path));
  assertNone(broken.map(described));
});

test('every anchor is a heading there', () => {
  const broken = links.filter(
    ({ path, anchor }) => anchor && path.endsWith('.md') && !anchorsOf(read(path)).includes(anchor),
  );
  assertNone(broken.map(described));
});

test('every document is reached from the index', () => {
  const reached = new Set([INDEX]);
  for (const from of reached) for (const { page, path } of links) if (page === from) reached.add(path);
  const documents = pages.filter((page) => page.startsWith('docs/'));
  assertNone(documents.filter((page) => !reached.has(page)));
});

test('no page shows a raw docstring link', () => {
  assertNone(pages.filter((page) => read(page).includes('{@link')));
});

test('the steps of the tutorial follow each other', () => {
  const steps = pages.filter((page) => page.startsWith('docs/tutorial/'));
  const jumps = steps.slice(0, -1).filter((page, index) => {
    const next = steps[index + 1];
    return !links.some((link) => link.page === page && link.path === next);
  });
  assertNone(jumps);
});

const described = ({ page, href }: Link): string => `${page}: ${href}`;

function assertNone(found: string[]): void {
  assert.ok(found.length === 0, `got\n  ${found.join('\n  ')}`);
}
