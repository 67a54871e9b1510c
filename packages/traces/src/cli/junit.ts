import { escapeXml } from '../text/xml.ts';

/** How the command ended, as CI systems read it. */
export interface Verdict {
  /** What was checked, such as `tree.yaml: trace 0af7…`. */
  name: string;
  seconds: number;
  code: 0 | 1 | 2;
  /** Why it did not hold. */
  message?: string;
}

/**
 * One check as a JUnit report: exit code 1 is a failure, 2 an error. The form that GitLab, Jenkins and others read, and no more of it
 * (https://github.com/testmoapp/junitxml).
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
