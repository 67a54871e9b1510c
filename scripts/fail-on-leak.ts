import { spawnSync } from 'node:child_process';
import { after } from 'node:test';
import './test-environment.ts';

/** A server, socket or child process that a test forgot keeps its process alive: after this time that fails the run. */
const GRACE_MS = 5_000;

/** Preload of every test process. The timer does not hold the process itself, so it only fires when something else does. */
after(() => {
  setTimeout(() => {
    console.error(
      `A test left something running: ${process.getActiveResourcesInfo().join(', ')}. Stop what a test starts.`,
    );
    // A child that lives on holds the output that it shares with this process, and the runner would wait for its end.
    spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
    process.exit(1);
  }, GRACE_MS).unref();
});
