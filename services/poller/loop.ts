import { setTimeout as delay } from 'node:timers/promises';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import pTimeout from 'p-timeout';
import { claimWhatMayRun } from './claim-what-may-run.ts';
import { giveUp } from './give-up.ts';
import { InFlight } from './in-flight.ts';
import { recordConsumed, recordOperation } from './metrics.ts';
import { processBatch, processOrder } from './process-orders.ts';
import { backoffMs } from './queue/backoff.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import { Sleeper } from './queue/wake-up.ts';
import type { Worker } from './work.ts';
import { createWorker, type WorkerOptions } from './worker.ts';

/** Orders in hand for each slot at the most, those that were claimed ahead and those whose outcome is being written included. */
const IN_HAND = 8;

/** How long a free slot waits for others: short beside a round trip to the database. */
const GATHER_MS = 1;

/** How long a stop waits for orders to be given back. */
const GIVE_BACK_MS = 2_000;

/** An outage is asked about at most this seldom, or at the poll interval if that is longer. */
const MAX_PAUSE_MS = 5_000;

export interface LoopSettings {
  /** How often an idle poller looks for orders. */
  pollIntervalMs: number;
  /** How many handlers run at a time; with batches, how many batches. */
  concurrency: number;
  /** Orders that share a handler span and a settlement; 1 gives each order its own. */
  batchSize: number;
  /** How long a stop waits for orders in hand before it gives them back. */
  stopGraceMs: number;
}

export interface PollLoop {
  readonly inFlight: number;
  readonly lastPoll: Date | undefined;
  readonly paused: boolean;
  /** Claims nothing more from when it resolves: a claim that was under way is over by then. */
  pause: () => Promise<void>;
  resume: () => void;
  /** Looks for orders now instead of at the next poll. */
  wake: () => void;
  /** Claims nothing more, waits for the orders in hand, and gives back those that take too long. Never rejects. */
  stop: () => Promise<void>;
}

/** Looks for orders until it is stopped: at once again while there are any, else after the interval or a wake-up. */
export function startPollLoop(worker: Omit<WorkerOptions, 'release'>, settings: LoopSettings): PollLoop {
  const loop = new Loop(worker, settings);
  // The loop must not belong to whatever started it: each order starts from its own context.
  context.with(ROOT_CONTEXT, () => loop.start());
  return loop;
}

class Loop implements PollLoop {
  paused = false;
  #polling: Promise<boolean> | undefined;
  lastPoll: Date | undefined;
  readonly #inHand = new InFlight();
  readonly #sleeper = new Sleeper();
  readonly #stopping = new AbortController();
  readonly #releasing = new AbortController();
  readonly #worker: Worker;
  readonly #settings: LoopSettings;
  #failures = 0;
  #ended: Promise<void> = Promise.resolve();

  constructor(worker: Omit<WorkerOptions, 'release'>, settings: LoopSettings) {
    const { batchSize, concurrency } = settings;
    // A batch has its slot from the claim on, and its handlers run together.
    const slots = batchSize > 1 ? Number.POSITIVE_INFINITY : concurrency;
    this.#worker = createWorker({ ...worker, release: this.#releasing.signal }, slots);
    this.#settings = settings;
  }

  get inFlight(): number {
    return this.#inHand.size;
  }

  start(): void {
    this.#ended = this.#run(this.#stopping.signal);
  }

  async pause(): Promise<void> {
    this.paused = true;
    await this.#polling;
  }

  resume(): void {
    this.paused = false;
    this.wake();
  }

  wake(): void {
    this.#sleeper.wake();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await pTimeout(this.#drained(), { milliseconds: this.#settings.stopGraceMs, message: false });
    this.#releasing.abort();
    // Giving back is one write; when the database is away, the end of the lease does it.
    await pTimeout(this.#drained(), { milliseconds: GIVE_BACK_MS, message: false });
  }

  async #drained(): Promise<void> {
    await this.#ended;
    await this.#inHand.allEnded();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const wanted = this.#wanted();
      if (wanted <= 0) await this.#untilFree();
      else if (this.paused || !(await this.#pollNow(wanted)))
        await this.#sleeper.sleep(this.#pauseMs(), signal);
    }
  }

  /**
   * How many orders to claim. A handler takes a slot, writing its outcome does not: the next claim need not wait for the last
   * answer. Nor need quick handlers wait for the next claim.
   */
  #wanted(): number {
    const { batchSize, concurrency } = this.#settings;
    const ahead = batchSize > 1 ? 0 : this.#worker.pace.ahead(concurrency);
    return Math.min(concurrency + ahead - this.#inHand.handling, IN_HAND * concurrency - this.#inHand.size);
  }

  /** Slots that become free at about the same time are filled by one claim. */
  async #untilFree(): Promise<void> {
    await this.#inHand.change();
    if (this.#inHand.handling > 0) await delay(GATHER_MS);
  }

  #pollNow(wanted: number): Promise<boolean> {
    this.#polling = this.#poll(wanted);
    return this.#polling;
  }

  /** True when there was an order to work on. An unreachable database is waited for, never fatal. */
  async #poll(wanted: number): Promise<boolean> {
    const { batchSize } = this.#settings;
    try {
      const count = batchSize > 1 ? batchSize : wanted;
      const startedAt = performance.now();
      const { claimed, givenUp } = await recordOperation('receive', () =>
        claimWhatMayRun(this.#worker, count),
      );
      if (claimed.length > 0) this.#worker.pace.claimed(performance.now() - startedAt);
      this.lastPoll = new Date();
      this.#sayRecovered();
      for (const order of givenUp) this.#start(() => giveUp(order, this.#worker));
      this.#begin(claimed);
      return claimed.length + givenUp.length > 0;
    } catch (error) {
      this.#sayFailed(error);
      return false;
    }
  }

  #begin(claimed: ClaimedOrder[]): void {
    if (claimed.length === 0) return;
    recordConsumed(claimed.length);
    if (this.#settings.batchSize > 1)
      this.#work(claimed, (handled) => processBatch(claimed, this.#worker, handled));
    else
      for (const order of claimed) {
        this.#work([order], (handled) => processOrder(order, this.#worker, handled));
      }
  }

  #work(held: ClaimedOrder[], begin: (handled: () => void) => Promise<void>): void {
    const { circuit } = this.#worker;
    // However it ends: a probe that is remembered for ever would keep the circuit open for ever.
    const forgetProbe = () => held.forEach(({ _id }) => circuit.learnedNothing(_id));
    this.#start((handled) => begin(handled).finally(forgetProbe));
  }

  #start(begin: (handled: () => void) => Promise<void>): void {
    const { logger } = this.#worker;
    this.#inHand.add((handled) =>
      begin(handled).catch((error: unknown) => {
        logger.error(
          { err: error },
          'the outcome could not be written; the order comes again when its lease ends',
        );
      }),
    );
  }

  #pauseMs(): number {
    const { pollIntervalMs } = this.#settings;
    if (this.#failures === 0) return pollIntervalMs;
    return backoffMs(this.#failures, pollIntervalMs, Math.max(pollIntervalMs, MAX_PAUSE_MS));
  }

  /** The first failure of an outage is worth a line, the hundredth is not. */
  #sayFailed(error: unknown): void {
    this.#failures++;
    const level = this.#failures === 1 ? 'warn' : 'debug';
    this.#worker.logger[level]({ err: error }, 'polling failed; trying again until it works');
  }

  #sayRecovered(): void {
    if (this.#failures > 0) this.#worker.logger.info({ failures: this.#failures }, 'polling works again');
    this.#failures = 0;
  }
}
