import { escapeXml } from '../../text/xml.ts';
import type { LintReport } from '../lint.ts';
import { ruleIds, type RuleId } from '../finding.ts';
import { grouped, type Group } from './report.ts';

/** The report as CI systems show tests: a case for each rule, and a failure for each break. Source: https://github.com/testmoapp/junitxml. */
export function toJunit({ findings }: LintReport): string {
  const groups = grouped(findings);
  const failed = ruleIds.filter((id) => groups.some(({ rule }) => rule === id)).length;
  const counts = `tests="${ruleIds.length}" failures="${failed}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `<testsuite name="traces lint" ${counts}>`,
    ...ruleIds.map((id) =>
      caseOf(
        id,
        groups.filter(({ rule }) => rule === id),
      ),
    ),
    '</testsuite>',
    '</testsuites>',
  ].join('\n');
}

function caseOf(rule: RuleId, groups: readonly Group[]): string {
  const failures = groups.map(({ hop, findings: [finding, ...more] }) => {
    const { severity, certainty, evidence, page } = finding;
    const message = `${severity}, ${certainty}: ${hop}${more.length > 0 ? `, ${more.length + 1} times` : ''}`;
    return `<failure message="${escapeXml(message)}">${escapeXml([...evidence, page].join('\n'))}</failure>`;
  });
  return `<testcase classname="traces lint" name="${rule}">${failures.join('')}</testcase>`;
}
