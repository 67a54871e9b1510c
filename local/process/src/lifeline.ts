import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

const TERM_GRACE_SECONDS = 4;

// The shell blocks on its standard input, a pipe whose other end only this process holds. The kernel closes
// that end however this process ends, SIGKILL included, and the shell then stops what it was given.
// CONT comes last because a frozen process only acts on a signal once it runs again.
// `-s NAME --` is the one spelling for a group that dash and bash both take.
const WATCHDOG = `
read -r _
kill -s TERM -- "-$1" 2>/dev/null
kill -s CONT -- "-$1" 2>/dev/null
left=$(( $2 * 10 ))
while kill -s 0 -- "-$1" 2>/dev/null && [ "$left" -gt 0 ]; do sleep 0.1; left=$(( left - 1 )); done
kill -s KILL -- "-$1" 2>/dev/null
if [ -n "$3" ]; then rm -rf -- "$3"; fi
`;

/**
 * Ties a process group to the life of this process. When this process is gone in any way, including SIGKILL, the
 * group gets SIGTERM and after 4 s SIGKILL. Then `removeAfter` (a directory) is deleted.
 *
 * `groupId` is the pid of a child spawned with `detached: true`. The watchdog is a group of its own, so that a
 * terminal's Ctrl-C does not end it. Call the returned function once the child has ended.
 */
export function tieToThisProcess(groupId: number, removeAfter = ''): () => void {
  const watchdog = spawn(
    '/bin/sh',
    ['-c', WATCHDOG, 'beyond-headers-watchdog', String(groupId), String(TERM_GRACE_SECONDS), removeAfter],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  // Without a listener a watchdog that cannot start would end this process.
  watchdog.on('error', () => {});
  return () => void watchdog.kill('SIGKILL');
}
