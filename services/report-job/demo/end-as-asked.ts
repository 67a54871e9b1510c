import type { DemoSwitches } from '@beyond-headers/contracts';

/** More than the memory limit of the Job's container, but little enough for a machine without a limit. */
const MORE_THAN_THE_LIMIT_MB = 384;

/**
 * Ends the process with a fault of the demo: `crash` with exit code 1, `oom` by allocating memory until it is killed. If no
 * limit is enforced (in the local cluster), it kills itself with the signal that the kernel would use.
 */
export function endAsAsked(fault: DemoSwitches['jobFault']): void {
  if (fault === 'crash') process.exit(1);
  if (fault !== 'oom') return;
  const taken = Array.from({ length: MORE_THAN_THE_LIMIT_MB }, () => Buffer.alloc(2 ** 20, 1));
  process.kill(process.pid, taken.length > 0 ? 'SIGKILL' : 'SIGTERM');
}
