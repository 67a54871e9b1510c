import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@beyond-headers/service-kit';
import { isStatus } from '../kubernetes-error.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** How old the last list may become although the watch told of no trouble. */
const LIST_AGAIN_MS = 300_000;

/** One change of one object, as the API server tells it. */
export interface Change<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
}

/** A collection of the API server. */
export interface Collection<T> {
  list(signal: AbortSignal): Promise<{ items: T[]; version: string }>;
  /** Calls back for each change after a version, and with the new version; resolves when the stream ends, rejects when it fails. */
  watch(
    version: string,
    onChange: (change: Change<T> | undefined, version: string) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Who wants to know. */
export interface Follower<T> {
  /** All that is there: what is not in it is gone. */
  listed(items: T[]): void;
  changed(change: Change<T>): void;
}

/** The version to watch from is too old for the API server: only a list helps. */
export class VersionExpired extends Error {
  override name = 'VersionExpired';
}

/**
 * Follows a collection until `signal`: a list, then a watch from where the list stood, and on from the last version seen
 * whenever the stream ends, fails or falls silent, so that no change is missed. When the server has forgotten that version
 * (410 Gone) the list is the truth again. Never rejects.
 */
export async function follow<T>(
  collection: Collection<T>,
  follower: Follower<T>,
  { signal, logger }: { signal: AbortSignal; logger: Logger },
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  let version: string | undefined;
  let listedAt = 0;
  while (!signal.aborted) {
    let isListNew = false;
    try {
      if (version === undefined || performance.now() - listedAt > LIST_AGAIN_MS) {
        const listed = await collection.list(signal);
        follower.listed(listed.items);
        version = listed.version;
        listedAt = performance.now();
        isListNew = true;
      }
      await collection.watch(
        version,
        (change, seen) => {
          if (change) follower.changed(change);
          version = seen;
          pauseMs = FIRST_PAUSE_MS;
        },
        signal,
      );
    } catch (error) {
      if (signal.aborted) return;
      const isExpired = error instanceof VersionExpired || isStatus(error, 410);
      if (isExpired) version = undefined;
      else logger.warn({ err: error }, 'lost sight of the cluster; looking again');
      // A server that has forgotten an old version is well, and what happened meanwhile waits to be seen.
      pauseMs = isExpired && !isListNew ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
    // After an orderly end too, so that a server which hangs up at once is not asked without a break.
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
}
