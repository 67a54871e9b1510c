import { randomUUID } from 'node:crypto';
import { getEnvironmentData, setEnvironmentData, threadId } from 'node:worker_threads';

const SUFFIX = '.spans';

/**
 * Returns the process, and the path to this thread from the first thread that loaded this module: `pid-uuid.0.4`. Threads that
 * start later extend the path. If the main thread doesn't load this module, each of its threads is a first thread.
 */
function wayToThread(): string {
  const key = '@beyond-headers/telemetry: thread';
  // The UUID distinguishes processes that had the same PID one after another. In a container, every main process has PID 1.
  const given = (getEnvironmentData(key) ?? `${process.pid}-${randomUUID()}`) as string;
  // Another copy of this module in the same thread has already added it.
  const way = given.endsWith(`.${threadId}`) ? given : `${given}.${threadId}`;
  setEnvironmentData(key, way);
  return way;
}

const OWN = wayToThread();
/** The part that all threads of a process share, so that a thread doesn't treat another thread's journal as left behind. */
const PROCESS = OWN.slice(0, OWN.indexOf('.'));

/** Returns a new name, which identifies the thread that owns the journal. */
export const journalName = (): string => `${OWN}-${shortId()}${SUFFIX}`;

/** Reports whether a file is the journal of a thread that this thread started, or of a descendant of that thread. */
export const isOfThread = (name: string, id: number): boolean =>
  name.startsWith(`${OWN}.${id}-`) || name.startsWith(`${OWN}.${id}.`);

/** Returns a new name that counts as left behind in this process. For other processes, the file is in use until this process ends. */
export const leftBehindName = (): string => `${process.pid}-ended-thread-${shortId()}${SUFFIX}`;

/** Reports whether a file is the journal of a process or thread that has ended. */
export function isLeftBehind(name: string): boolean {
  return name.endsWith(SUFFIX) && !hasLivingOwner(name);
}

const shortId = () => randomUUID().slice(0, 8);

function hasLivingOwner(name: string): boolean {
  if (name.startsWith(PROCESS)) return true;
  const pid = Number(name.split('-', 1)[0]);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
