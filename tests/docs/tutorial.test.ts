import { after, before, test } from 'node:test';
import { find } from '../../scripts/project-files.ts';
import { openBase, type Base } from './support/base.ts';
import { runPage } from './support/run-page.ts';
import { readSettings } from './support/settings.ts';
import { Shell } from './support/shell.ts';

/** From this step on, the reader's own programs need the database and the trace store. Only the local system exposes their ports. */
const FIRST_LOCAL_STEP = 7;

const { base: baseName, update, pages } = readSettings();
const steps = find('docs/tutorial/[0-9]*.md');
const chosen = steps
  .filter((path) => baseName === 'local' || stepOf(path) < FIRST_LOCAL_STEP)
  // The first step always runs, because it sets up the terminal for the others.
  .filter((path) => pages.length === 0 || stepOf(path) === 1 || pages.some((part) => path.includes(part)));

let base: Base;
let shell: Shell;
before(async () => {
  base = await openBase(baseName);
  shell = new Shell();
});
after(async () => {
  await shell?.close();
  await base?.stop();
});

for (const path of chosen) {
  test(`${path} says what happens`, (t) => runPage(t, { path, base, shell, update }));
}

function stepOf(path: string): number {
  return Number(/(\d+)-[^/]*$/.exec(path)?.[1]);
}
