import { escapeXml } from '../../text/xml.ts';
import type { LintReport } from '../lint.ts';
import { ruleIds } from '../finding.ts';
import { grouped, type Group } from './report.ts';

/**
 * Returns the report as JUnit XML: a test case for each rule, a failure for each break, and an error for what could not be read. Source:
 * https://github.com/testmoapp/junitxml.
 */
export function toJunit({ findings, summary: { unreadable } }: LintReport): string {
  const groups = grouped(findings);
  const failed = new Set(groups.map(({ rule }) => rule)).size;
  const errors = unreadable.length > 0 ? 1 : 0;
  const counts = `tests="${ruleIds.length + errors}" failures="${failed}" errors="${errors}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `<testsuite name="traces lint" ${counts}>`,
    ...(errors > 0 ? [testCase('read', unreadable.map(errorOf))] : []),
    ...ruleIds.map((id) => testCase(id, groups.filter(({ rule }) => rule === id).map(failureOf))),
    '</testsuite>',
    '</testsuites>',
  ].join('\n');
}

const testCase = (name: string, problems: readonly string[]): string =>
  `<testcase classname="traces lint" name="${name}">${problems.join('')}</testcase>`;

const errorOf = (problem: string): string => `<error message="${escapeXml(problem)}"></error>`;

function failureOf({ hop, findings: [finding, ...more] }: Group): string {
  const { severity, certainty, evidence, page } = finding;
  const message = `${severity}, ${certainty}: ${hop}${more.length > 0 ? `, ${more.length + 1} times` : ''}`;
  return `<failure message="${escapeXml(message)}">${escapeXml([...evidence, page].join('\n'))}</failure>`;
}
