import { after, before, test, type TestContext } from 'node:test';
import { find } from '../../scripts/project-files.ts';
import { openBase, type Base } from './support/base.ts';
import { readSteps } from './support/page.ts';
import { runPage } from './support/run-page.ts';
import { readSettings } from './support/settings.ts';
import { Shell } from './support/shell.ts';

/** The page that points `kubectl` to the demo's cluster. */
const FIRST_STEP = 'docs/tutorial/1-joined-trace.md';

const { update, pages } = readSettings();
const chosen = find('docs/how-to/*.md').filter(
  (path) => pages.length === 0 || pages.some((part) => path.includes(part)),
);

let base: Base;
before(async () => {
  if (chosen.some((path) => readSteps(path).some(({ info }) => info.language === 'sh')))
    base = await openBase('local');
});
after(() => base?.stop());

for (const path of chosen) {
  test(`${path} says what happens`, (t) => runAlone(t, path));
}

/** Runs each how-to in its own terminal, because readers don't follow them in order. */
async function runAlone(t: TestContext, path: string): Promise<void> {
  const shell = new Shell();
  try {
    const kubectl = readSteps(FIRST_STEP).find(({ info }) => info.ways.includes('local'));
    if (kubectl && base) await shell.run(base.toActual(kubectl.text));
    await runPage(t, { path, base, shell, update });
  } finally {
    await shell.close();
  }
}
