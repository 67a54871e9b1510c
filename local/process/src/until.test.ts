import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { isAlive, killGroup } from './groups.ts';
import { until } from './until.ts';

test('what was read last is given, or reported at the deadline', async () => {
  let reads = 0;
  assert.equal(
    await until(
      () => (reads += 1),
      (value) => value === 3,
    ),
    3,
  );
  const never = until(
    () => Promise.resolve('red'),
    (light) => light === 'green',
    {
      what: 'a green light',
      deadlineMs: 50,
    },
  );
  await assert.rejects(never, { message: 'a green light did not hold within 50 ms; last: "red"' });
});

test('a group ends with all of its processes, and may be gone before', async () => {
  const shell = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], { detached: true });
  const [line] = (await once(shell.stdout, 'data')) as [Buffer];
  const pid = shell.pid ?? 0;
  const child = Number(String(line));
  assert.ok(isAlive(pid) && isAlive(child));
  killGroup(pid);
  await once(shell, 'close');
  await until(
    () => isAlive(child),
    (alive) => !alive,
  );
  assert.doesNotThrow(() => killGroup(pid));
});
