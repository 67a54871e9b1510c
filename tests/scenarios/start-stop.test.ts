import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '@beyond-headers/local-process/root';

const PORT_VARIABLES = [
  'PLAYGROUND_PORT',
  'WRITER_PORT',
  'POLLER_PORT',
  'JOB_LAUNCHER_PORT',
  'CLUSTER_PORT',
  'TRACES_PORT',
  'OTLP_HTTP_PORT',
];
const FREE_PORTS = Object.fromEntries(PORT_VARIABLES.map((name) => [name, '0']));
const LAST_LINE_OF_BANNER = /Stop: Ctrl-C/;
const GONE_WITHIN_MS = 10_000;

/** Runs `npm start` on free ports in its own process group, as a terminal does. Resolves with its output up to the banner. */
async function npmStart(t: TestContext): Promise<{ npm: ChildProcess; output: string; pids: number[] }> {
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...process.env, ...FREE_PORTS },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  t.after(() => npm.kill('SIGKILL'));
  let output = '';
  const lines = createInterface(npm.stdout);
  for await (const line of lines) {
    output += `${line}\n`;
    if (LAST_LINE_OF_BANNER.test(line)) break;
  }
  assert.match(output, LAST_LINE_OF_BANNER);
  npm.stdout.resume();
  return { npm, output, pids: descendants(npm.pid ?? 0) };
}

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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pids: number[]): Promise<void> {
  const deadline = Date.now() + GONE_WITHIN_MS;
  while (pids.some(isAlive)) {
    assert.ok(Date.now() < deadline, `still alive: ${pids.filter(isAlive).join(', ')}`);
    await delay(20);
  }
}

test('Ctrl-C ends npm start and all below it', async (t) => {
  const { npm, output, pids } = await npmStart(t);
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
  const { npm, pids } = await npmStart(t);
  npm.kill('SIGKILL');
  await untilGone(pids);
});
