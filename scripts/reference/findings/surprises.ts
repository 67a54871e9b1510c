import { posix } from 'node:path';
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
      'This page lists behavior of other software that even experts often guess wrong. Each entry names the versions on which it was ' +
        'observed. Newer versions may differ, so run the script before you rely on an entry ([how](../../findings/README.md)). The entries ' +
        'in the first part affect this project, and its tests check them. Those in the second part may affect a system like yours.',
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
    `Observed on ${date} with ${versions}. To see it yourself, run ${link('the script', path)}. More about this: ${link(posix.basename(page, '.md').replaceAll('-', ' '), page)}.`,
  ];
}

const link = (text: string, path: string): string =>
  `[${text}](${posix.relative(posix.dirname(PATH), path)})`;
