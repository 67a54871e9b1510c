import { setTimeout as delay } from 'node:timers/promises';
import type { OrderDocument } from '@beyond-headers/contracts';
import type { Logger } from '@beyond-headers/service-kit';
import { type ChangeStream, type Collection, MongoServerError } from 'mongodb';
import { backoffMs } from './backoff.ts';

const REOPEN_BASE_MS = 1_000;
const REOPEN_MAX_MS = 60_000;
/** One command in this time is all that an idle stream costs. */
const MAX_AWAIT_MS = 10 * 60_000;

/** "The $changeStream stage is only supported on replica sets". */
const NOT_A_REPLICA_SET = 40_573;

/** New orders, and orders that were given back. */
const WAKING_CHANGES = [
  {
    $match: {
      $or: [{ operationType: 'insert' }, { 'updateDescription.updatedFields.status': 'pending' }],
    },
  },
  { $project: { _id: 1 } },
];

export interface OrderStream {
  /** Whether changes arrive now; when not, polling alone finds the orders. */
  isOpen: () => boolean;
  close: () => Promise<void>;
}

/**
 * Calls `onChange` when an order was written that may be claimed. A hint and nothing more: whatever the stream loses, polling finds.
 *
 * Where the server has no change streams it is given up; when the stream breaks it is opened again, less and less often.
 * Each change between the two is said once.
 * @param orders of a client without a socket time-out, which would cut the wait for the next change
 */
export function watchOrders(
  orders: Collection<OrderDocument>,
  onChange: () => void,
  logger: Logger,
): OrderStream {
  const stopping = new AbortController();
  const watcher = new Watcher(orders, onChange, logger, stopping.signal);
  const ended = watcher.run();
  return {
    isOpen: () => watcher.isOpen,
    close: async () => {
      stopping.abort();
      await watcher.closeStream();
      await ended;
    },
  };
}

class Watcher {
  isOpen = false;
  #wasLost = false;
  #failures = 0;
  #stream: ChangeStream | undefined;
  readonly #orders: Collection<OrderDocument>;
  readonly #onChange: () => void;
  readonly #logger: Logger;
  readonly #signal: AbortSignal;

  constructor(orders: Collection<OrderDocument>, onChange: () => void, logger: Logger, signal: AbortSignal) {
    this.#orders = orders;
    this.#onChange = onChange;
    this.#logger = logger;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      const error = await this.#watchUntilLost();
      this.isOpen = false;
      if (this.#signal.aborted) return;
      this.#sayLost(error);
      if (error instanceof MongoServerError && error.code === NOT_A_REPLICA_SET) return;
      const pause = backoffMs(++this.#failures, REOPEN_BASE_MS, REOPEN_MAX_MS);
      await delay(pause, undefined, { signal: this.#signal }).catch(() => {});
    }
  }

  async closeStream(): Promise<void> {
    await this.#stream?.close().catch(() => {});
  }

  async #watchUntilLost(): Promise<unknown> {
    const stream = this.#orders.watch(WAKING_CHANGES, { maxAwaitTimeMS: MAX_AWAIT_MS });
    this.#stream = stream;
    // The first answer of the server: until then nobody knows whether it has change streams.
    stream.once('resumeTokenChanged', () => this.#sayOpen());
    stream.on('change', this.#onChange);
    return new Promise((resolve) => {
      stream.once('error', resolve).once('close', () => resolve(new Error('the stream was closed')));
    });
  }

  #sayOpen(): void {
    this.isOpen = true;
    this.#failures = 0;
    if (this.#wasLost) this.#logger.info('the change stream is back: new orders wake the poller again');
    this.#wasLost = false;
    // What was written while nobody listened.
    this.#onChange();
  }

  #sayLost(error: unknown): void {
    if (!this.#wasLost) this.#logger.warn({ err: error }, 'no change stream: polling alone finds new orders');
    this.#wasLost = true;
  }
}
