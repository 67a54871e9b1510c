import { writeFileSync } from 'node:fs';
import type { RunTimes } from '@beyond-headers/contracts';

/**
 * Writes to the container's termination message when this process began and, at the first call of the returned function, when its work
 * ended. Does nothing without a path, or if the file doesn't exist. Never throws, because only the trace needs these times.
 */
export function noteRunTimes(path: string | undefined): () => void {
  const startedAt = new Date(performance.timeOrigin).toISOString();
  let isOver = false;
  write(path, { startedAt });
  return function ended() {
    if (isOver) return;
    isOver = true;
    // A span's end is its start, truncated to a millisecond, plus its duration: up to a millisecond before the clock's time.
    write(path, { startedAt, endedAt: new Date(Date.now() - 1).toISOString() });
  };
}

/** The kubelet creates the file. Elsewhere, the file doesn't exist, and must not be created. */
function write(path: string | undefined, times: RunTimes): void {
  try {
    if (path) writeFileSync(path, JSON.stringify(times), { flag: 'r+' });
  } catch {
    // Kubernetes' own times, in whole seconds, remain.
  }
}
