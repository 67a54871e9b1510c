import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@beyond-headers/service-kit';
import { isStatus, retryAfterMs } from '../kubernetes-error.ts';
import { troubleLog } from './trouble-log.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** The longest `Retry-After` that is obeyed. */
const LONGEST_RETRY_AFTER_MS = 30_000;
/** The longest time between two lists while all watches succeed. */
const LIST_AGAIN_MS = 300_000;

/** One change of one object, as the API server reports it. */
export interface Change<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
}

/** An event of a watch: a version to resume from, and a change. A bookmark has no change. */
export interface Seen<T> {
  version: string;
  change?: Change<T>;
}

/** A collection of the API server. */
export interface Collection<T> {
  /** The plural name of its objects, for log messages. */
  name: string;
  list(signal: AbortSignal): Promise<{ items: T[]; version: string }>;
  /** Yields the changes after a version. Without a version, first yields the existing objects. Throws if the watch fails. */
  watch(version: string | undefined, signal: AbortSignal): AsyncIterable<Seen<T>>;
}

/** Receives the objects of a collection, and their changes. */
export interface Follower<T> {
  /** Receives all existing objects. An object that is missing was deleted. */
  listed(items: T[]): void;
  changed(change: Change<T>): void;
}

/**
 * Follows a collection until `signal` aborts: a list, and then watches, each from the last version of the one before. A watch succeeds
 * only if it delivers an event and the server ends it normally. After any other watch (refused, broken, buffered, silent, expired), the
 * next round begins with a list. So even if no watch works, a change is seen after at most one watch and one pause. While lists fail,
 * watches continue. Never rejects.
 */
export async function follow<T>(
  collection: Collection<T>,
  follower: Follower<T>,
  { signal, logger }: { signal: AbortSignal; logger: Logger },
): Promise<void> {
  const log = troubleLog(collection.name, logger);
  /** The version that the next watch resumes from; undefined if the next round needs a list. */
  let version: string | undefined;
  let listedAt = -Infinity;
  let backoffMs = FIRST_PAUSE_MS;
  let askedForMs = 0;
  const failed = (doing: 'list' | 'watch', error: unknown) => {
    if (signal.aborted) return;
    askedForMs = Math.min(retryAfterMs(error), LONGEST_RETRY_AFTER_MS);
    log.failed(doing, error);
  };

  async function list(): Promise<string | undefined> {
    try {
      const listed = await collection.list(signal);
      follower.listed(listed.items);
      listedAt = performance.now();
      log.worked('list');
      return listed.version;
    } catch (error) {
      failed('list', error);
      return undefined;
    }
  }

  async function watch(from: string | undefined): Promise<string | undefined> {
    let seen: string | undefined;
    try {
      for await (const event of collection.watch(from, signal)) {
        if (event.change) follower.changed(event.change);
        seen = event.version;
        log.worked('watch');
      }
      return seen;
    } catch (error) {
      // A stream that breaks after its first event, an expired version, and silence are normal: they aren't failures.
      if (seen === undefined && !isStatus(error, 410) && !isSilence(error)) failed('watch', error);
      return undefined;
    }
  }

  while (!signal.aborted) {
    const startedAt = performance.now();
    askedForMs = 0;
    if (version === undefined || startedAt - listedAt > LIST_AGAIN_MS) version = (await list()) ?? version;
    version = await watch(version);
    const isWell = version !== undefined || performance.now() - startedAt > LONGEST_PAUSE_MS;
    if (isWell) backoffMs = FIRST_PAUSE_MS;
    // Also after a normal end, so that a server that ends every watch at once isn't flooded with requests.
    await delay(Math.max(backoffMs, askedForMs), undefined, { signal }).catch(() => {});
    if (!isWell) backoffMs = Math.min(backoffMs * 2, LONGEST_PAUSE_MS);
  }
}

const isSilence = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
