import { counted, printable } from '../../draw/text.ts';
import { severities } from '../finding.ts';
import type { Linted } from '../lint.ts';
import { ruleOf } from '../rules/index.ts';
import { SCORE_METHOD } from '../score.ts';
import { grouped, type Group } from './report.ts';
import { drawBreak, type DrawingOptions } from './side-by-side.ts';

/** Returns the report as text for people: each break once, with a drawing and a way to fix it. */
export function toText(linted: Linted, options: DrawingOptions): string {
  const { findings } = linted.report;
  const groups = grouped(findings).map((group) => textOf(linted, group, options));
  return [...groups, summaryText(linted)].join('\n\n');
}

function textOf(linted: Linted, { rule, hop, findings }: Group, options: DrawingOptions): string {
  const [finding] = findings;
  const { severity, certainty, evidence, page, from, to } = finding;
  const ends = linted.ends.get(finding) ?? {};
  const drawing = from && to ? drawBreak(linted.context.forest, ends, options) : [];
  const arrow = options.ascii ? hop.replaceAll('→', '->') : hop;
  return [
    `${severity} ${rule} (${certainty}): ${arrow}`,
    ...drawing.map((line) => `    ${line}`),
    ...evidence.map((sentence) => `  ${sentence}`),
    ...(from ? [`  from trace ${from.traceId} span ${from.spanId}`] : []),
    ...(to ? [`  to   trace ${to.traceId} span ${to.spanId}`] : []),
    ...(findings.length > 1 ? [`  ${findings.length - 1} more like it.`] : []),
    `  Fix it: ${ruleOf(rule).mend}`,
    `  More: ${page}, or traces lint --explain ${rule}`,
  ].join('\n');
}

function summaryText({ report: { summary } }: Linted): string {
  const { spans, traces, services, bySeverity, ignored, unreadable, notes, scores } = summary;
  const found = severities
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${bySeverity[severity]} ${severity}`);
  return [
    `${counted(spans, 'span')} in ${counted(traces, 'trace')} of ${counted(services.length, 'service')}: ${found.join(', ') || 'no findings'}.`,
    ...ignored.map(({ reason, findings }) => `${counted(findings, 'finding')} ignored: ${reason}`),
    ...notes,
    ...unreadable.map((problem) => `Not read: ${problem}`),
    ...scores.map(
      ({ service, score, category, failed }) =>
        `${service}: Instrumentation Score ${score} (${category})${failed.length > 0 ? `, fails ${failed.join(', ')}` : ''}`,
    ),
    ...(scores.length > 0 ? [SCORE_METHOD] : []),
  ]
    .map(printable)
    .join('\n');
}
