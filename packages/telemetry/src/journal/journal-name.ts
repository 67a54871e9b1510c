import { randomUUID } from 'node:crypto';
import { getEnvironmentData, setEnvironmentData, threadId } from 'node:worker_threads';

const SUFFIX = '.spans';

/**
 * The process, and the way to this thread from the first one that loaded this module: `pid-uuid.0.4`. A thread that starts later
 * continues the way. But if the main thread doesn't load this module, each of its threads takes itself for the first one.
 */
function wayToThread(): string {
  const key = '@beyond-headers/telemetry: thread';
  // The uuid distinguishes processes that had the same pid one after the other. In a container, every main process is 1.
  const given = (getEnvironmentData(key) ?? `${process.pid}-${randomUUID()}`) as string;
  // Another copy of this module in the same thread has already added it.
  const way = given.endsWith(`.${threadId}`) ? given : `${given}.${threadId}`;
  setEnvironmentData(key, way);
  return way;
}

const OWN = wayToThread();
/** The threads of a process have it in common, so none takes the journal of another one for left behind. */
const PROCESS = OWN.slice(0, OWN.indexOf('.'));

/** A new name that says which thread has the journal. */
export const journalName = (): string => `${OWN}-${shortId()}${SUFFIX}`;

/** Whether a file is the journal of a thread that this one started, or of a thread further down. */
export const isOfThread = (name: string, id: number): boolean =>
  name.startsWith(`${OWN}.${id}-`) || name.startsWith(`${OWN}.${id}.`);

/** A new name that all threads of this process take for left behind. To other processes, it is in use until this one is gone. */
export const leftBehindName = (): string => `${process.pid}-ended-thread-${shortId()}${SUFFIX}`;

/** Whether a file is the journal of a process or a thread that is gone. */
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
