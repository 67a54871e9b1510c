import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import pTimeout from 'p-timeout';
import { attempt, giveUp } from './attempt.ts';
import { InFlight } from './in-flight.ts';
import { recordConsumed, recordOperation } from './metrics.ts';
import { backoffMs } from './queue/backoff.ts';
import { claim } from './queue/claim.ts';
import { isGivenUp, isTakenOver } from './queue/history.ts';
import type { ClaimedOrder, OrderQueue } from './queue/order-queue.ts';
import { Sleeper } from './queue/wake-up.ts';
import type { LatencySummary } from './recent-latencies.ts';
import { createWorker, type PollerOptions, type Worker } from './worker.ts';

/** The maximum number of orders in hand per slot, including those claimed ahead and those whose outcome is being written. */
const IN_HAND = 16;

/** How long a free slot waits for others. It is short compared with a round trip to the database. */
const GATHER_MS = 1;

/** How long `stop` waits until the orders are released. */
const GIVE_BACK_MS = 2_000;

/** The longest pause between polls during an outage, unless the poll interval is longer. */
const MAX_PAUSE_MS = 5_000;

const UNWRITTEN = 'the outcome could not be written; the order comes again when its lease ends';

/** Polls for orders until it is stopped: again at once while there are any, otherwise after the interval or a wake-up. */
export class PollLoop {
  paused = false;
  lastPoll: Date | undefined;
  readonly #worker: Worker;
  readonly #inHand = new InFlight();
  readonly #sleeper = new Sleeper();
  readonly #stopping = new AbortController();
  readonly #releasing = new AbortController();
  readonly #ended: Promise<void>;
  #polling: Promise<boolean> | undefined;
  #failures = 0;
  /** Whether the last claim took over orders of a dead worker. If so, the next claim claims no orders ahead. */
  #takesOver = false;

  constructor(queue: OrderQueue, options: PollerOptions) {
    this.#worker = createWorker(queue, options, this.#releasing.signal);
    this.#ended = this.#run(this.#stopping.signal);
  }

  get inFlight(): number {
    return this.#inHand.size;
  }

  /** The latencies of the orders fulfilled in the last minute; undefined if there were none. */
  get lastMinute(): LatencySummary | undefined {
    return this.#worker.latencies.summary();
  }

  /** Stops claiming orders. Resolves when a claim that is in progress has ended. */
  async pause(): Promise<void> {
    this.paused = true;
    await this.#polling;
  }

  resume(): void {
    this.paused = false;
    this.wake();
  }

  /** Polls at once instead of after the interval. */
  wake(): void {
    this.#sleeper.wake();
  }

  /** Stops claiming orders, waits for those in hand, and releases those that take too long. Never rejects. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await pTimeout(this.#drained(), { milliseconds: this.#worker.stopGraceMs, message: false });
    this.#releasing.abort();
    // A release is one write. If the database is unavailable, the end of the lease releases the order.
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
      else if (this.paused || !(await (this.#polling = this.#poll(wanted))))
        await this.#sleeper.sleep(this.#pauseMs(), signal);
    }
  }

  /**
   * Returns how many orders to claim. Writing an outcome takes no slot, so the next claim doesn't wait for the writes of the last
   * orders. Orders claimed ahead keep quick handlers from waiting for the next claim.
   */
  #wanted(): number {
    const { batchSize, concurrency, pace } = this.#worker;
    const ahead = batchSize > 1 || this.#takesOver ? 0 : pace.ahead(concurrency);
    return Math.min(concurrency + ahead - this.#inHand.handling, IN_HAND * concurrency - this.#inHand.size);
  }

  /** Waits for a free slot, and briefly for more, so that one claim fills slots that become free at about the same time. */
  async #untilFree(): Promise<void> {
    await this.#inHand.change();
    // By then, all handlers that wait for nothing have ended.
    await setImmediate();
    if (this.#inHand.handling > 0) await delay(GATHER_MS);
  }

  /** Claims and starts orders. Resolves with whether there were any. An unreachable database is never fatal: the loop polls again. */
  async #poll(wanted: number): Promise<boolean> {
    const { batchSize, concurrency, logger } = this.#worker;
    const isBatch = batchSize > 1;
    const count = isBatch ? batchSize : wanted;
    const begin = isBatch ? batchSize : concurrency - this.#inHand.handling;
    try {
      const startedAt = performance.now();
      const found = await recordOperation('receive', () => claimWhatMayRun(this.#worker, count, begin));
      const claimMs = performance.now() - startedAt;
      this.lastPoll = new Date();
      if (this.#failures > 0) logger.info({ failures: this.#failures }, 'polling works again');
      this.#failures = 0;
      this.#takesOver = found.some(isTakenOver);
      for (const order of found.filter(isGivenUp)) this.#start(() => giveUp(order, this.#worker));
      const claimed = found.filter((order) => !isGivenUp(order));
      if (claimed.length > 0) this.#begin(claimed, claimMs);
      return found.length > 0;
    } catch (err) {
      // The first failure of an outage is worth a line, the hundredth is not.
      const level = ++this.#failures === 1 ? 'warn' : 'debug';
      logger[level]({ err }, 'polling failed; trying again until it works');
      return false;
    }
  }

  #begin(claimed: ClaimedOrder[], claimMs: number): void {
    const { batchSize, pace } = this.#worker;
    pace.claimed(claimMs);
    recordConsumed(claimed.length);
    // Several lost claims may have taken the orders. The writes to a batch need one token.
    const byToken = Map.groupBy(claimed, ({ lease }) => lease.token);
    const together = batchSize > 1 ? byToken.values() : claimed.map((order) => [order]);
    for (const held of together) this.#start((handled) => attempt(held, this.#worker, handled));
  }

  #start(begin: (handled: () => void) => Promise<void>): void {
    const onError = (err: unknown) => this.#worker.logger.error({ err }, UNWRITTEN);
    this.#inHand.add((handled) => begin(handled).catch(onError));
  }

  #pauseMs(): number {
    const { pollIntervalMs } = this.#worker;
    if (this.#failures === 0) return pollIntervalMs;
    return backoffMs(this.#failures, pollIntervalMs, Math.max(pollIntervalMs, MAX_PAUSE_MS));
  }
}

/**
 * Claims up to `count` orders, `begin` of which begin at once. While the dependency is unavailable, claims either one order that needs
 * it, as the probe, or orders that don't need it.
 */
async function claimWhatMayRun(
  { queue, dependents = {}, circuit }: Worker,
  count: number,
  begin: number,
): Promise<ClaimedOrder[]> {
  const lost = await queue.lostClaims.find(queue.orders);
  if (lost.length > 0) return lost;
  if (!circuit.isOpen) return claim(queue, count, { begin });
  const [probe] = circuit.wantsProbe ? await claim(queue, 1, { only: dependents }) : [];
  if (!probe) return claim(queue, count, { only: { $nor: [dependents] }, begin });
  if (!isGivenUp(probe)) circuit.probeWith(probe._id);
  return [probe];
}
