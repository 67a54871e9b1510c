import { posix } from 'node:path';
import { read } from '../../project-files.ts';
import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { readFindings, type Finding } from './finding.ts';
import { HELD_BY_TESTS, type HeldByTest } from './held-by-tests.ts';

const PATH = 'docs/reference/surprises.md';

/** Definitions for readers who know only traces and spans. */
const TERMS = [
  'A **context** is what a service passes on so that the next service can continue its trace. In the format of W3C, the field ' +
    "`traceparent` contains the id of the trace, the id of the sender's span, and two digits for flags. The field `tracestate` is a " +
    'list of `key=value` pairs (members), in which vendors of tracing systems keep their data. The field `baggage` is a list of the ' +
    "services' own `key=value` pairs.",
  'A **propagator** writes a context into fields such as `traceparent` (it injects the context), and reads it back (it extracts the context).',
  "The **active** context is the context in which code runs. A new span becomes a child of the active context's span. If there is " +
    'no such span, the new span is a **root**: it has no parent, and starts a trace.',
  'A **link** is a reference from a span to a span that is not its parent, usually in another trace.',
  'A **CLIENT** span is a request in the process that sends it, and a **SERVER** span is the same request in the process that ' +
    'answers it.',
  'An **instrumentation** is a package that creates spans for a library such as Express.',
  "Libraries call OpenTelemetry's **API**, and the program sets up an **SDK**, which creates the spans. A **sampler** in the SDK " +
    'decides which spans are kept. A **batch processor** collects ended spans, and passes them to an **exporter**. The exporter ' +
    'sends them to a **collector**, which forwards them, or to a **backend**, which stores them.',
];

/** The page with surprising behavior of other software, and with the place where the project handles it. */
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
        'so [run the script](../../findings/README.md), if there is one, before you rely on an entry.',
      'The entries use these terms:',
      TERMS.map((term) => `- ${term}`).join('\n'),
      'The outputs of many scripts contain traces. Each line is a span, and is indented below its parent.',
      '## Checked by the tests of this project',
      'The column "source" links to a document that describes the behavior, or to a script that shows it. If it says "observed", we know of ' +
        'no such document. The column "test" has the name of the test that checks the behavior. The last column has a piece of the code that ' +
        'handles it.',
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

/** Returns the title of a page, from its first heading. */
const titleOf = (page: string): string => /^# (.+)$/m.exec(read(page))?.[1] ?? page;

const link = (text: string, path: string): string =>
  `[${text}](${posix.relative(posix.dirname(PATH), path)})`;
