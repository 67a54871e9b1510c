import { randomUUID } from 'node:crypto';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const SUFFIX = '.spans';

function idOfProcess(): string {
  const key = '@beyond-headers/telemetry: process';
  if (!getEnvironmentData(key)) setEnvironmentData(key, randomUUID());
  return getEnvironmentData(key) as string;
}

/**
 * Distinguishes the journals of this process from those of one that had the same pid. In a container, every main process is 1. The
 * threads of a process have it in common, so none takes the journal of another one for left behind.
 */
const OWN = `${process.pid}-${idOfProcess()}`;

/** A new name that says which process has the journal. */
export const journalName = (): string => `${OWN}-${randomUUID().slice(0, 8)}${SUFFIX}`;

/** Whether a file is the journal of a process that is gone. */
export function isLeftBehind(name: string): boolean {
  return name.endsWith(SUFFIX) && !hasLivingOwner(name);
}

function hasLivingOwner(name: string): boolean {
  if (name.startsWith(OWN)) return true;
  const pid = Number(name.split('-', 1)[0]);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
