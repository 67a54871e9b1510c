import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { isAlive } from '@beyond-headers/local-process';
import { npmStart } from '../support/npm-start.ts';
import { until } from '../support/until.ts';

function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  const below = (parent: number): number[] =>
    rows
      .filter(([, ppid, program]) => Number(ppid) === parent && program !== 'ps')
      .map(([child]) => Number(child))
      .flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

const untilGone = (pids: number[]): Promise<number[]> =>
  until(
    () => pids.filter(isAlive),
    (alive) => alive.length === 0,
    { what: 'the end of all processes' },
  );

test('Ctrl-C ends npm start and all below it', async (t) => {
  const { npm, output } = await npmStart(t);
  const pids = descendants(npm.pid ?? 0);
  assert.ok(pids.length >= 6, `only ${pids.length} processes`);
  for (const shown of ['curl -s http', 'npm run scenario', 'kubectl --kubeconfig', 'npm run reset']) {
    assert.ok(output.includes(shown), `the banner does not show ${shown}`);
  }
  const startedAt = Date.now();
  // Like Ctrl-C in a terminal, this signals all processes of the foreground process group.
  process.kill(-(npm.pid ?? 0), 'SIGINT');
  const [code] = (await once(npm, 'exit')) as [number | null];
  assert.ok(Date.now() - startedAt < 5_000, 'it took 5 s or more');
  assert.equal(code, 0);
  await untilGone(pids);
});

test('nothing outlives an npm that is killed', async (t) => {
  const { npm } = await npmStart(t);
  const pids = descendants(npm.pid ?? 0);
  npm.kill('SIGKILL');
  await untilGone(pids);
});
