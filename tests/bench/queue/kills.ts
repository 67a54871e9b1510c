import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Counts of the long run of kills. */
export interface KillCounts {
  orders: number;
  kills: number;
  lost: number;
  attempts: number;
  inFlightAtKills: number;
  effectsOnce: number;
  exactTrees: number;
}

const SUITE = [
  '--import',
  './scripts/fail-on-leak.ts',
  '--import',
  './tests/faults/support/preload.ts',
  '--test',
];

/**
 * Runs the long form of the kill test of `npm run test:faults`. Resolves with a table for docs/reference/numbers.md, and rejects if the
 * test fails.
 */
export async function longKillRun(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'beyond-headers-kills-'));
  const file = join(directory, 'counts.json');
  try {
    const env = { ...process.env, FAULTS: 'long', KILL_COUNTS: file };
    const { status } = spawnSync(process.execPath, [...SUITE, 'tests/faults/kill.test.ts'], {
      stdio: 'inherit',
      env,
    });
    if (status !== 0) throw new Error('the run of kills failed: its numbers are not written');
    return toTable(JSON.parse(readFileSync(file, 'utf8')) as KillCounts);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const toTable = (counts: KillCounts): string =>
  [
    '| count | result | bar |',
    '| --- | --- | --- |',
    `| orders that were lost, of ${counts.orders} orders during ${counts.kills} kills | ${counts.lost} | 0 |`,
    `| attempts, including the ${counts.inFlightAtKills} attempts whose poller was killed | ${counts.attempts} | ${counts.orders} + ${counts.inFlightAtKills} |`,
    `| orders whose ledger has each effect exactly once | ${counts.effectsOnce} | all |`,
    `| finished orders whose trace has exactly the expected spans, each with the expected parent | ${counts.exactTrees} | all |`,
  ].join('\n');
