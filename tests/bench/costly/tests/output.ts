import { stripVTControlCharacters } from 'node:util';

/** A test in the output of Node.js's spec reporter. */
export interface TestResult {
  name: string;
  ms: number;
  /** Whether it contains other tests. Its time is then the time of these tests. */
  isGroup: boolean;
}

const GROUP = /^(?<indent> *)▶ (?<name>.*)$/;
const RESULT = /^(?<indent> *)[✔✖] (?<name>.*) \((?<ms>[\d.]+)ms\)(?: # .*)?$/;
const FAILING = '✖ failing tests:';
const END_OF_SUITE = /^── |^(?:[✔✖] \w+ {3})*[✔✖] \w+$/;
const LAST_LINES = 40;

/**
 * Reads the tests that ran from the output of `npm test`. Leaves out the skipped tests, which have a `﹣`. Throws if there is no test,
 * because another version of Node.js may print them in another form.
 */
export function testsIn(output: string): TestResult[] {
  const tests: TestResult[] = [];
  const open: string[] = [];
  for (const line of linesOf(output)) {
    const group = GROUP.exec(line)?.groups;
    if (group) open.push(`${group['indent']}${group['name']}`);
    const result = RESULT.exec(line)?.groups;
    if (!result) continue;
    const isGroup = open.at(-1) === `${result['indent']}${result['name']}`;
    if (isGroup) open.pop();
    tests.push({ name: result['name']!, ms: Number(result['ms']), isGroup });
  }
  if (tests.length > 0) return tests;
  throw new Error(`Expected lines such as "✔ a test (1.2ms)", got:\n${lastLinesOf(output)}`);
}

/** Returns what the reporter printed about the failing tests, or the last lines of the output if it printed nothing. */
export function failuresIn(output: string): string {
  const failures: string[] = [];
  let isFailing = false;
  for (const line of linesOf(output)) {
    if (line === FAILING) isFailing = true;
    else if (END_OF_SUITE.test(line)) isFailing = false;
    else if (isFailing) failures.push(line);
  }
  return failures.join('\n').trim() || lastLinesOf(output);
}

const linesOf = (output: string): string[] => stripVTControlCharacters(output).split(/\r?\n/);

const lastLinesOf = (output: string): string => linesOf(output.trimEnd()).slice(-LAST_LINES).join('\n');
