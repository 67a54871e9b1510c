import type { Logger } from '@beyond-headers/service-kit';
import { connectAgain } from '@beyond-headers/service-kit/mongo';
import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import { MongoClient, MongoServerError, type ChangeStream, type Collection } from 'mongodb';
import { backOff } from './backoff.ts';

const REOPEN_BASE_MS = 1_000;
const REOPEN_MAX_MS = 60_000;
/** An idle stream costs only one command in this time. */
const MAX_AWAIT_MS = 10 * 60_000;

/** "The $changeStream stage is only supported on replica sets". */
const NOT_A_REPLICA_SET = 40_573;

/** New orders, and orders that return to the queue. */
const WAKING_CHANGES = [
  {
    $match: {
      $or: [
        { operationType: 'insert' },
        { 'updateDescription.updatedFields.status': { $in: storedStatuses('pending') } },
      ],
    },
  },
  { $project: { _id: 1 } },
];

/**
 * Calls `onChange` when an order is written that may be claimed. This is only a hint: polling finds whatever the stream misses.
 *
 * If the server has no change streams, the stream is given up. If it breaks, it is reopened with backoff. The loss and the
 * recovery are each logged once.
 */
export class OrderStream {
  #isOpen = false;
  #failures = 0;
  #stream: ChangeStream | undefined;
  readonly #client: MongoClient;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  readonly #onChange: () => void;
  readonly #logger: Logger;

  /** @param uri for a separate client, because the socket timeout of the other client would end the wait for the next change */
  constructor(uri: string, orders: Collection<OrderDocument>, onChange: () => void, logger: Logger) {
    this.#onChange = onChange;
    this.#logger = logger;
    this.#client = new MongoClient(uri, {
      appName: 'poller wake-up',
      maxPoolSize: 2,
      serverSelectionTimeoutMS: 1_500,
    });
    connectAgain(this.#client, this.#stopping.signal);
    this.#ended = this.#run(this.#client.db(orders.dbName).collection(orders.collectionName));
  }

  /** Reports whether changes arrive. If not, only polling finds the orders. */
  isOpen(): boolean {
    return this.#isOpen;
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    // At the same time: a stream that the driver resumed after an outage doesn't close until the server's await ends.
    await Promise.all([this.#stream?.close().catch(() => {}), this.#client.close()]);
    await this.#ended;
  }

  async #run(orders: Collection): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const error = await this.#untilLost(orders);
      this.#isOpen = false;
      if (signal.aborted) return;
      if (this.#failures === 0)
        this.#logger.warn({ err: error }, 'no change stream: polling alone finds new orders');
      if (error instanceof MongoServerError && error.code === NOT_A_REPLICA_SET) return;
      await backOff(++this.#failures, REOPEN_BASE_MS, REOPEN_MAX_MS, signal);
    }
  }

  #untilLost(orders: Collection): Promise<unknown> {
    const stream = orders.watch(WAKING_CHANGES, { maxAwaitTimeMS: MAX_AWAIT_MS });
    this.#stream = stream;
    // The server's first response, which shows that it has change streams.
    stream.once('resumeTokenChanged', () => this.#opened());
    stream.on('change', this.#onChange);
    return new Promise((resolve) => {
      stream.once('error', resolve).once('close', () => resolve(new Error('the stream was closed')));
    });
  }

  #opened(): void {
    this.#isOpen = true;
    if (this.#failures > 0) this.#logger.info('the change stream is back: new orders wake the poller again');
    this.#failures = 0;
    // Orders may have been written while the stream was closed.
    this.#onChange();
  }
}
