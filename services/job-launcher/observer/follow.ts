import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@beyond-headers/service-kit';
import { isStatus, retryAfterMs } from '../kubernetes-error.ts';
import { troubleLog, type TroubleLog } from './trouble-log.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** The longest that a server may ask to be left alone. */
const LONGEST_RETRY_AFTER_MS = 30_000;
/** How old the last list may become while all watches go well. */
const LIST_AGAIN_MS = 300_000;

/** One change of one object, as the API server reports it. */
export interface Change<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
}

/** What a watch delivers: a version to go on from, with a change, or without one as a sign of life (a bookmark). */
export interface Seen<T> {
  version: string;
  change?: Change<T>;
}

/** A collection of the API server. */
export interface Collection<T> {
  /** What it holds, for the log. */
  name: string;
  list(signal: AbortSignal): Promise<{ items: T[]; version: string }>;
  /** What happens after a version, or without one what there is and then what happens; throws when the watch fails. */
  watch(version: string | undefined, signal: AbortSignal): AsyncIterable<Seen<T>>;
}

/** Receives what a collection holds, and its changes. */
export interface Follower<T> {
  /** All that is there: what is not in it is gone. */
  listed(items: T[]): void;
  changed(change: Change<T>): void;
}

/**
 * Follows a collection until `signal`: a list, then watches, each from where the one before stood. A watch is believed only when it
 * delivers something and the server ends it in order. After any other one (refused, cut off, held back, silent, expired), the next
 * round begins with a list. So what happened shows within a watch and a pause even where no watch works. While lists fail, watches
 * go on. Never rejects.
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
  /** Where the next watch goes on from; undefined when only a list can show what happened. */
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
    // After an orderly end too, so that a server which hangs up at once is not asked without a break.
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
      // A stream that breaks later is an ordinary event, and so are a version that expired and silence.
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
