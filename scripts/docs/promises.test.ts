import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isThere, read } from '../project-files.ts';
import { linksOf } from './markdown.ts';

/** Pages with security promises. Each promise is a row of a table whose last column names its tests. */
const PAGES = ['SECURITY.md', 'docs/explanation/trust-and-baggage.md'];

const TABLE = /^\|.*\| *tests *\|\n\|[-| :]+\|\n(?<rows>(?:\|.*\|\n)+)/gm;
const NAMED_TEST = /\[(?:[^\]]+)\]\([^)\s]+\.test\.ts\)/;
const TEST =
  /\btest\(\s*(?:'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)"|`(?<template>(?:[^`\\]|\\.)*)`)/g;

const rowsOf = (page: string): string[] =>
  Array.from(read(page).matchAll(TABLE), ({ groups }) => groups?.['rows'] ?? '').flatMap((rows) =>
    rows.trim().split('\n'),
  );

/** Returns the names of the tests in a file, as pages write them: `…` replaces each expression in a template. */
function testsIn(path: string): string[] {
  if (!isThere(path)) return [];
  return Array.from(read(path).matchAll(TEST), ({ groups = {} }) => {
    const { single, double, template } = groups;
    return (
      template?.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…') ??
      (single ?? double ?? '').replaceAll('\\', '')
    );
  });
}

for (const page of PAGES) {
  test(`${page}: every promise names a test`, () => {
    const rows = rowsOf(page);
    assert.ok(rows.length >= 15, `only ${rows.length} promises`);
    assert.deepEqual(
      rows.filter((row) => !NAMED_TEST.test(row.split('|').at(-2) ?? '')),
      [],
    );
  });

  test(`${page}: every test that it names is there`, () => {
    const named = linksOf(page).filter(({ path }) => path.endsWith('.test.ts'));
    assert.ok(named.length >= 15, `only ${named.length} tests`);
    assert.deepEqual(
      named.filter(({ text, path }) => !testsIn(path).includes(text)),
      [],
    );
  });
}
