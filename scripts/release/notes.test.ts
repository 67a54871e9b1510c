import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notesOf, release, taggedVersion } from './notes.ts';

const CHANGELOG = `# Changelog

## Unreleased

### Added

- [all] One.

## 0.1.0 - 2026-01-01

### Fixed

- [all] Two.
`;

const tag = (name: string) => ({ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: name });

test('a section is its version’s notes', () => {
  assert.equal(notesOf(CHANGELOG, '0.1.0'), '### Fixed\n\n- [all] Two.\n');
  assert.equal(notesOf(CHANGELOG, 'Unreleased'), '### Added\n\n- [all] One.\n');
});

test('a version without a section is named', () => {
  assert.throws(() => notesOf(CHANGELOG, '0.2.0'), /no section 0\.2\.0, only: Unreleased, 0\.1\.0/);
});

test('what was unreleased becomes a version', () => {
  const after = release(CHANGELOG, '0.2.0', '2026-02-02');
  assert.equal(notesOf(after, '0.2.0'), '### Added\n\n- [all] One.\n');
  assert.equal(notesOf(after, 'Unreleased'), '\n');
  assert.throws(() => release('# Changelog', '0.2.0', '2026-02-02'), /no section "## Unreleased"/);
});

test('a tag names the version of the packages', () => {
  assert.equal(taggedVersion(tag('v0.2.0'), '0.2.0'), '0.2.0');
  assert.equal(taggedVersion({ GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' }, '0.2.0'), undefined);
  assert.throws(() => taggedVersion(tag('v0.3.0'), '0.2.0'), /tag is v0\.3\.0.*Expected v0\.2\.0/);
});
