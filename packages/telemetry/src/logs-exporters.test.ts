import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportsLogs } from './logs-exporters.ts';
import { warningsIn } from './testing/warnings.ts';

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
    const warnings = warningsIn(t);
    const warned = () => warnings.splice(0).map((warning) => /has "(\w+)"/.exec(warning)?.[1]);
    assert.deepEqual([exportsLogs(names, true), warned()], [ofJob, jobWarns]);
    assert.deepEqual([exportsLogs(names, false), warned()], [ofService, serviceWarns]);
  });
}
