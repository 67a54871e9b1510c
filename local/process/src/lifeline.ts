import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

const TERM_GRACE_SECONDS = 4;

// The shell blocks on its stdin, a pipe whose other end only this process holds. The kernel closes that end however this process ends,
// even by SIGKILL, and the shell then ends the process group. CONT comes after TERM because a frozen process acts on a signal only once it
// runs again. Of the ways to signal a group, only `kill -s NAME --` works in both dash and bash.
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
 * Ties a process group to the life of this process. When this process ends, even by SIGKILL, the group gets SIGTERM, and SIGKILL after 4
 * s. Then the directory `removeAfter` is deleted.
 *
 * `groupId` is the pid of a child spawned with `detached: true`. The watchdog has its own process group, so that Ctrl-C in a terminal does
 * not end it. Call the returned function once the child has ended.
 */
export function tieToThisProcess(groupId: number, removeAfter = ''): () => void {
  const watchdog = spawn(
    '/bin/sh',
    ['-c', WATCHDOG, 'beyond-headers-watchdog', String(groupId), String(TERM_GRACE_SECONDS), removeAfter],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  // Without a listener, a watchdog that can't start would crash this process.
  watchdog.on('error', () => {});
  return () => void watchdog.kill('SIGKILL');
}
