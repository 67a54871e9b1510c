import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@beyond-headers/service-kit';
import { isStatus, retryAfterMs } from '../kubernetes-error.ts';
import { troubleLog, type TroubleLog } from './trouble-log.ts';

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
  const following = new Following(collection, follower, signal, troubleLog(collection.name, logger));
  while (!signal.aborted) await following.round();
}

class Following<T> {
  readonly #collection: Collection<T>;
  readonly #follower: Follower<T>;
  readonly #signal: AbortSignal;
  readonly #log: TroubleLog;
  /** The version that the next watch resumes from; undefined if the next round needs a list. */
  #version: string | undefined;
  #listedAt = -Infinity;
  #pauseMs = FIRST_PAUSE_MS;
  #retryAfterMs = 0;

  constructor(collection: Collection<T>, follower: Follower<T>, signal: AbortSignal, log: TroubleLog) {
    this.#collection = collection;
    this.#follower = follower;
    this.#signal = signal;
    this.#log = log;
  }

  async round(): Promise<void> {
    const startedAt = performance.now();
    this.#retryAfterMs = 0;
    if (this.#version === undefined || startedAt - this.#listedAt > LIST_AGAIN_MS) await this.#list();
    await this.#watch();
    const isWell = this.#version !== undefined || performance.now() - startedAt > LONGEST_PAUSE_MS;
    if (isWell) this.#pauseMs = FIRST_PAUSE_MS;
    // Also after a normal end, so that a server that ends every watch at once isn't flooded with requests.
    const pauseMs = Math.max(this.#pauseMs, this.#retryAfterMs);
    await delay(pauseMs, undefined, { signal: this.#signal }).catch(() => {});
    if (!isWell) this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  async #list(): Promise<void> {
    try {
      const { items, version } = await this.#collection.list(this.#signal);
      this.#follower.listed(items);
      this.#version = version;
      this.#listedAt = performance.now();
      this.#log.worked('list');
    } catch (error) {
      this.#failed('list', error);
    }
  }

  async #watch(): Promise<void> {
    const from = this.#version;
    this.#version = undefined;
    let seen: string | undefined;
    try {
      for await (const { version, change } of this.#collection.watch(from, this.#signal)) {
        if (change) this.#follower.changed(change);
        seen = version;
        this.#log.worked('watch');
      }
      this.#version = seen;
    } catch (error) {
      // A stream that breaks after its first event, an expired version, and silence are normal: they aren't failures.
      if (seen === undefined && !isStatus(error, 410) && !isSilence(error)) this.#failed('watch', error);
    }
  }

  #failed(what: 'list' | 'watch', error: unknown): void {
    if (this.#signal.aborted) return;
    this.#retryAfterMs = Math.min(retryAfterMs(error), LONGEST_RETRY_AFTER_MS);
    this.#log.failed(what, error);
  }
}

const isSilence = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
