import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, read } from '../project-files.ts';
import { linksOf } from './markdown.ts';

const INDEX = 'docs/decisions/README.md';
/** A page with several small decisions, one paragraph each. */
const COLLECTION = 'docs/decisions/propagation.md';

const decisions = find('docs/decisions/*.md').filter((page) => page !== INDEX);

test('every decision is in the index, once', () => {
  const listed = linksOf(INDEX)
    .map(({ path }) => path)
    .filter((path) => /^docs\/decisions\/./.test(path));
  assert.deepEqual(listed.toSorted(), decisions);
});

test('a decision has context, decision, consequences, alternatives', () => {
  for (const page of decisions.filter((one) => one !== COLLECTION)) {
    const headings = Array.from(read(page).matchAll(/^## (.*)$/gm), ([, heading]) => heading);
    assert.deepEqual(headings, ['Context', 'Decision', 'Consequences', 'Alternatives'], page);
  }
});
