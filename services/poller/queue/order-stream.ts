import type { Logger } from '@beyond-headers/service-kit';
import { connectAgain } from '@beyond-headers/service-kit/mongo';
import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import { MongoClient, MongoServerError, type ChangeStream, type Collection } from 'mongodb';
import { backOff } from './backoff.ts';

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
      $or: [
        { operationType: 'insert' },
        { 'updateDescription.updatedFields.status': { $in: storedStatuses('pending') } },
      ],
    },
  },
  { $project: { _id: 1 } },
];

/**
 * Calls `onChange` when an order was written that may be claimed. A hint and nothing more: whatever the stream loses, polling finds.
 *
 * Where the server has no change streams it is given up; when the stream breaks it is opened again, less and less often.
 * Each change between the two is said once.
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

  /** @param uri of a client of its own: the time-out that bounds every other operation would cut the wait for the next change */
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

  /** Whether changes arrive now; when not, polling alone finds the orders. */
  isOpen(): boolean {
    return this.#isOpen;
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    // Together: a stream that the driver resumed after an outage waits in its close for the end of the server's await.
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
    // The first answer of the server: until then no one knows whether it has change streams.
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
    // What was written while no one listened.
    this.#onChange();
  }
}
