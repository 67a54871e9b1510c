import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { readCommandLine, refuse } from '@beyond-headers/local-process/command-line';
import { sharedVersion } from '../pack/recipes.ts';
import { notesOf, release, taggedVersion } from './notes.ts';

const USAGE = `npm run release -- version | notes

  version   computes the next version from the files in .changeset, and sets it in the published packages and in CHANGELOG.md
  notes     prints the section of CHANGELOG.md for the tag of the current workflow run; without a tag, the unreleased section`;

const CHANGELOG = join(ROOT, 'CHANGELOG.md');

const { positionals } = readCommandLine({ usage: USAGE, names: ['version', 'notes'] });
const [what] = positionals;
if (what === undefined) refuse('Expected version or notes, got nothing.', USAGE);
if (what === 'version') {
  execFileSync(process.execPath, ['node_modules/@changesets/cli/bin.js', 'version'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(CHANGELOG, release(readFileSync(CHANGELOG, 'utf8'), sharedVersion(), day));
} else {
  console.log(
    notesOf(readFileSync(CHANGELOG, 'utf8'), taggedVersion(process.env, sharedVersion()) ?? 'Unreleased'),
  );
}
