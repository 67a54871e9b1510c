import { spawnSync } from 'node:child_process';
import { after } from 'node:test';
import './test-environment.ts';

/** The time that a test process has to end after its tests. A leaked server, socket, or child process keeps it alive. */
const GRACE_MS = 5_000;

/** Preloaded into every test process. The timer is unreferenced, so it only fires if something else keeps the process alive. */
after(() => {
  setTimeout(() => {
    console.error(
      `A test left something running: ${process.getActiveResourcesInfo().join(', ')}. Stop what a test starts.`,
    );
    // A surviving child process shares this process's stdout, and the test runner would wait until the child ends.
    spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
    process.exit(1);
  }, GRACE_MS).unref();
});
