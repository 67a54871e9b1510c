import { escapeXml } from '../text/xml.ts';

/** The result of the command. */
export interface Verdict {
  /** What was checked, such as `tree.yaml: trace 0af7…`. */
  name: string;
  seconds: number;
  code: 0 | 1 | 2;
  /** Why the check failed. */
  message?: string;
}

/**
 * Returns a JUnit report of one check. Exit code 1 is a failure, and 2 is an error. The report has only the elements that CI systems such
 * as GitLab and Jenkins read. Source: https://github.com/testmoapp/junitxml.
 */
export function toJunit({ name, seconds, code, message = '' }: Verdict): string {
  const counts = `tests="1" failures="${code === 1 ? 1 : 0}" errors="${code === 2 ? 1 : 0}" time="${seconds.toFixed(3)}"`;
  const problem = code === 1 ? 'failure' : 'error';
  const [headline = ''] = message.split('\n');
  const body =
    code === 0 ? '' : `<${problem} message="${escapeXml(headline)}">${escapeXml(message)}</${problem}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `<testsuite name="traces assert" ${counts}>`,
    `<testcase classname="traces" name="${escapeXml(name)}" time="${seconds.toFixed(3)}">${body}</testcase>`,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
