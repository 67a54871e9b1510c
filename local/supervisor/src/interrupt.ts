// A stop takes less time. This limit is for a start that can't be interrupted, such as a download.
const EXIT_AFTER_MS = 5_000;
// On Ctrl-C, npm forwards a signal that the terminal has already sent to this process.
const SAME_CTRL_C_MS = 300;
const PARENT_CHECK_EVERY_MS = 500;

/**
 * Returns a signal that aborts when this process is asked to end: by SIGINT, SIGTERM, SIGHUP, or the end of the `npm start` that
 * runs it. On a second request, or after 5 s, the process exits at once, and the watchdogs end what is left.
 */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  let askedAt = 0;
  const ask = () => {
    const again = controller.signal.aborted;
    if (again && Date.now() - askedAt > SAME_CTRL_C_MS) process.exit(1);
    if (again) return;
    askedAt = Date.now();
    console.log('\nStopping … (Ctrl-C again to stop at once)');
    setTimeout(() => process.exit(1), EXIT_AFTER_MS).unref();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  if (process.env.npm_lifecycle_event === 'start') onParentEnd(ask);
  return controller.signal;
}

/** Calls back once when the parent of this process is gone. It polls, because no signal reports that a parent was killed. */
function onParentEnd(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, PARENT_CHECK_EVERY_MS);
  timer.unref();
}
