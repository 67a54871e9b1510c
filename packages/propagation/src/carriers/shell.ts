import type { Carrier } from '../carrier.ts';
import { leaveOut } from '../report-once.ts';
import { envNameOf, isEnvName } from './env-name.ts';
import { fitsEnvironment } from './env-value.ts';
import { quoteWord, readWord } from './shell-word.ts';

/**
 * Carries context in the lines of a file that a shell reads with `. ./file`: `export TRACEPARENT=00-…`. Use it if one step of
 * a script passes its context to the next steps.
 *
 * A field without a value gets a line too, such as `unset TRACESTATE`, because the shell may still have a value that an
 * earlier step of the script set. The shell neither runs nor expands anything in a value, whatever a caller's `tracestate`
 * contains. A value with a line break is left out.
 * Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export const shellCarrier: Carrier<string[]> = {
  isInternal: true,
  nameOf: envNameOf,
  set(lines, field, value) {
    const name = envNameOf(field);
    if (!isOneLine(name, value) || !fitsEnvironment(name, value)) return;
    removeAll(lines, name);
    lines.push(`export ${name}=${quoteWord(value)}`);
  },
  get(lines, field) {
    const name = envNameOf(field);
    return statementsIn(lines).findLast((statement) => statement.name === name)?.value;
  },
  keys(lines) {
    const values = new Map(statementsIn(lines).map(({ name, value }) => [name, value]));
    return [...values.keys()].filter((name) => values.get(name) !== undefined);
  },
  clear(lines, field) {
    const name = envNameOf(field);
    removeAll(lines, name);
    lines.push(`unset ${name}`);
  },
};

/** A variable in a line. The value is `undefined` if the line unsets the variable, or if only the shell knows the value. */
interface Statement {
  name: string;
  value: string | undefined;
}

function statementsIn(lines: unknown): Statement[] {
  return Array.isArray(lines) ? lines.flatMap(readLine) : [];
}

function readLine(line: unknown): Statement[] {
  if (typeof line !== 'string') return [];
  const [, unset, set, word = ''] =
    /^(?:unset (\w+)[\t ]*|(?:(?:export|declare -x) )?(\w+)=([^]*))$/.exec(line) ?? [];
  const name = unset ?? set;
  return isEnvName(name) ? [{ name, value: unset === undefined ? readWord(word) : undefined }] : [];
}

function removeAll(lines: string[], name: string): void {
  const kept = lines.filter((line) => readLine(line)[0]?.name !== name);
  if (kept.length < lines.length) lines.splice(0, lines.length, ...kept);
}

function isOneLine(name: string, value: string): boolean {
  return !value.includes('\n') || leaveOut(name, 'got a line break. Expected text of one line.');
}
