import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportsLogs } from './logs-exporters.ts';

/** The names, whether a job and a service export log lines, and the names that each of them warns about. */
const CASES: Array<
  [names: string[], ofJob: boolean, ofService: boolean, jobWarns: string[], serviceWarns: string[]]
> = [
  [[], false, false, [], []],
  [['none'], false, false, [], []],
  [['otlp'], true, true, [], []],
  [['console'], false, true, ['console'], []],
  [['otpl'], false, false, ['otpl'], ['otpl']],
  [['otlp', 'console'], true, true, ['console'], []],
  [['otlp', 'none'], false, false, [], []],
  [['otpl', 'otpl'], false, false, ['otpl'], ['otpl']],
];

for (const [names, ofJob, ofService, jobWarns, serviceWarns] of CASES) {
  test(`logs exporter ${names.join() || 'unset'} counts by profile`, (t) => {
    const said = t.mock.method(console, 'error', () => {});
    const warned = () => {
      const lines = said.mock.calls.map(({ arguments: [line] }) => String(line));
      said.mock.resetCalls();
      return lines.map((line) => /has \\"(\w+)\\"/.exec(line)?.[1]);
    };
    assert.deepEqual([exportsLogs(names, true), warned()], [ofJob, jobWarns]);
    assert.deepEqual([exportsLogs(names, false), warned()], [ofService, serviceWarns]);
  });
}
