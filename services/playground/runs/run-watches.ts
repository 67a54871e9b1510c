import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunUpdate } from '../view/types.ts';
import type { RunSettings } from '../view/settings.ts';
import { RunReader } from './run-reader.ts';
import type { Sources } from './sources.ts';

const POLL_MS = 250;
/** At most this share of the time goes into reading a run, so a large run is read less often. */
const READING_SHARE = 0.25;
/** Runs that no page watches stay in memory for a reload, up to this number of runs, and of spans in them. */
const MAX_IDLE = 12;
const MAX_IDLE_SPANS = 10_000;
const MAX_WATCHED = 60;

/** Called with each update, and with the event id from which to resume after it. */
export type Listener = (update: RunUpdate, eventId: string) => void;

/** Reads each watched run only once for all pages, until it is settled or the last page has left. */
export class RunWatches {
  readonly #sources: Sources;
  readonly #watches = new Map<string, Watch>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /**
   * Sends what the listener has missed, and then every change. `lastEventId` comes from an earlier subscription, possibly to
   * another process. Returns a function that unsubscribes, or undefined if too many different runs are watched.
   */
  subscribe(
    runId: string,
    listener: Listener,
    lastEventId?: string,
    settings?: RunSettings,
  ): (() => void) | undefined {
    const watch = this.#watches.get(runId) ?? this.#open(runId, settings);
    if (!watch) return undefined;
    // Moves the run to the end. The first run in the map is the least recently used one.
    this.#watches.delete(runId);
    this.#watches.set(runId, watch);
    return watch.subscribe(listener, lastEventId);
  }

  /** Ends every subscription. */
  close(): void {
    for (const watch of this.#watches.values()) watch.close();
  }

  #open(runId: string, settings: RunSettings | undefined): Watch | undefined {
    this.#forgetIdle();
    return this.#watches.size < MAX_WATCHED
      ? new Watch(new RunReader(runId, this.#sources, settings))
      : undefined;
  }

  /** Deletes runs that no page watches, as far as they exceed the limits. The most recently used ones stay. */
  #forgetIdle(): void {
    let spans = 0;
    const idle = [...this.#watches].filter(([, watch]) => watch.isIdle).toReversed();
    for (const [index, [id, watch]] of idle.entries()) {
      spans += watch.spanCount;
      if (index >= MAX_IDLE || spans > MAX_IDLE_SPANS) this.#watches.delete(id);
    }
  }
}

class Watch {
  readonly #reader: RunReader;
  /** Distinguishes the event ids of this watch from those of other watches and processes. */
  readonly #epoch = randomUUID().slice(0, 8);
  readonly #cursors = new Map<Listener, number>();
  #sentState = '';
  #isReading = false;

  constructor(reader: RunReader) {
    this.#reader = reader;
  }

  get spanCount(): number {
    return this.#reader.spans.length;
  }

  get isIdle(): boolean {
    return this.#cursors.size === 0;
  }

  subscribe(listener: Listener, lastEventId?: string): () => void {
    const cursor = this.#cursorOf(lastEventId);
    this.#send(listener, cursor ?? 0, cursor === undefined);
    if (!this.#isReading) void this.#read();
    return () => void this.#cursors.delete(listener);
  }

  close(): void {
    this.#cursors.clear();
  }

  #cursorOf(lastEventId = ''): number | undefined {
    const [epoch, count] = lastEventId.split('-');
    const cursor = Number(count);
    const isOurs = epoch === this.#epoch && Number.isInteger(cursor) && cursor >= 0;
    return isOurs && cursor <= this.#reader.spans.length ? cursor : undefined;
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    do {
      const startedAt = performance.now();
      await this.#reader.step();
      this.#sendChanges();
      if (this.#reader.state.settled) break;
      await delay(Math.max(POLL_MS, (performance.now() - startedAt) / READING_SHARE));
    } while (!this.isIdle);
    this.#isReading = false;
  }

  #sendChanges(): void {
    const state = JSON.stringify(this.#reader.state);
    const isStateNew = state !== this.#sentState;
    this.#sentState = state;
    for (const [listener, cursor] of this.#cursors) {
      if (isStateNew || cursor < this.#reader.spans.length) this.#send(listener, cursor, false);
    }
  }

  #send(listener: Listener, cursor: number, reset: boolean): void {
    const { spans, state } = this.#reader;
    this.#cursors.set(listener, spans.length);
    listener({ state, spans: spans.slice(cursor), reset }, `${this.#epoch}-${spans.length}`);
  }
}
