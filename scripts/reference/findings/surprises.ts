import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { readFindings, type Finding } from './finding.ts';
import { HELD_BY_TESTS, type HeldByTest } from './held-by-tests.ts';

const PATH = 'docs/reference/surprises.md';

/** What good guesses about other software get wrong, and where the project deals with it. */
export const surprises: Page = {
  path: PATH,
  render: () =>
    formatPage([
      '# What surprises people',
      madeFrom(
        'the headers of the scripts in findings/ and the table in scripts/reference/findings/held-by-tests.ts',
      ),
      'This page lists behavior of other software that even experts often guess wrong. The behavior in the first part ' +
        'affects this project, whose tests check it. The behavior in the second part may affect a system like yours, and ' +
        'a script shows it. Each entry names the versions on which we observed the behavior. Newer versions may differ, ' +
        'so [run the script](../../findings/README.md) before you rely on an entry.',
      '## Checked by the tests of this project',
      table(
        ['behavior', 'version', 'source', 'test', 'where this project handles it'],
        HELD_BY_TESTS.map(heldRow),
      ),
      '## Shown by a script',
      ...readFindings().flatMap(section),
    ]),
};

function heldRow({ claim, version, source, test, line }: HeldByTest): string[] {
  return [claim, version, source, link(test.title, test.file), link(code(line.code), line.file)];
}

function section({ title, path, claim, guess, versions, seen, date, page }: Finding): string[] {
  return [
    `### ${title}`,
    `${claim} **You might expect instead:** ${guess}`,
    `\`\`\`text\n${seen}\n\`\`\``,
    `Observed on ${date} with ${versions}. To see it yourself, run ${link('the script', path)}. See also: ${link(titleOf(page), page)}.`,
  ];
}

/** The title of a page, as its first heading has it. */
const titleOf = (page: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(ROOT, page), 'utf8'))?.[1] ?? page;

const link = (text: string, path: string): string =>
  `[${text}](${posix.relative(posix.dirname(PATH), path)})`;
