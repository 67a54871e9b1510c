import { counted, printable } from '../../draw/text.ts';
import type { LintReport } from '../lint.ts';
import { SCORE_METHOD } from '../score.ts';
import { grouped } from './report.ts';

/** Returns the report as Markdown tables, for a pull request or the summary of a CI run. */
export function toMarkdown({ findings, summary }: LintReport): string {
  const { spans, traces, services, scores, unreadable, ignored, notes } = summary;
  const rows = grouped(findings).map(({ rule, hop, findings: [finding, ...more] }) =>
    row(
      finding.severity,
      `[${rule}](${finding.page})`,
      finding.certainty,
      cell(hop),
      String(more.length + 1),
      cell(finding.evidence.join(' ')),
    ),
  );
  return [
    `# traces lint`,
    '',
    `${counted(spans, 'span')} in ${counted(traces, 'trace')} of ${counted(services.length, 'service')}.`,
    '',
    ...(rows.length === 0
      ? ['No findings.']
      : [
          row('severity', 'rule', 'certainty', 'hop', 'times', 'evidence'),
          row('---', '---', '---', '---', '---', '---'),
          ...rows,
        ]),
    ...(ignored.length === 0
      ? []
      : [
          '',
          ...ignored.map((each) => `- ${counted(each.findings, 'finding')} ignored: ${cell(each.reason)}`),
        ]),
    ...notes.map((note) => `\n${cell(note)}`),
    ...(unreadable.length === 0 ? [] : ['', ...unreadable.map((problem) => `- Not read: ${cell(problem)}`)]),
    '',
    row('service', 'Instrumentation Score', 'fails'),
    row('---', '---', '---'),
    ...scores.map(({ service, score, category, failed }) =>
      row(cell(service), `${score} (${category})`, failed.join(', ')),
    ),
    '',
    SCORE_METHOD,
  ].join('\n');
}

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;

/** Escapes untrusted text, so that it can't end a cell or become markup. */
function cell(text: string): string {
  return printable(text).replaceAll(/[\\|`*_<>[\]]/g, String.raw`\$&`);
}
