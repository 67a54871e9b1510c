import { writeFileSync } from 'node:fs';
import type { RunTimes } from '@beyond-headers/contracts';

/**
 * Notes in the container's termination message when this process began, and with `ended()` when its work ended; only the first end
 * counts. Does nothing without a path or where there is no such file, and never throws: only the trace would miss it.
 */
export function noteRunTimes(path: string | undefined): { ended: () => void } {
  const startedAt = new Date(performance.timeOrigin).toISOString();
  let isOver = false;
  write(path, { startedAt });
  return {
    ended: () => {
      if (isOver) return;
      isOver = true;
      // A span's end is its start, cut to a millisecond, and its duration: up to a millisecond before the clock's.
      write(path, { startedAt, endedAt: new Date(Date.now() - 1).toISOString() });
    },
  };
}

/** The kubelet makes the file. Elsewhere the path leads to nothing, and must not make one. */
function write(path: string | undefined, times: RunTimes): void {
  try {
    if (path) writeFileSync(path, JSON.stringify(times), { flag: 'r+' });
  } catch {
    // Kubernetes' own seconds are left.
  }
}
