import type { SpanStore } from '../model/span-store.ts';

const MAX_PROBLEMS = 20;

/** Collects spans in the store, and records what could not be read. */
export class Sink {
  readonly store: SpanStore;
  readonly #problems: string[] = [];
  #more = 0;

  constructor(store: SpanStore) {
    this.store = store;
  }

  /** Records a problem. `place` is a file, with the line if it is known, or the URL of a request. */
  problem(place: string, text: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(`${place}: ${text}`);
    else this.#more++;
  }

  /** Remarks on data that was not read. */
  readonly notes: string[] = [];

  /** Notes that there may be more traces. Otherwise, traces that were not read would look like traces without problems. */
  noteLimit(which: string): void {
    this.notes.push(`${which} traces were read. There may be more: increase --limit, or shorten --lookback.`);
  }

  get problems(): string[] {
    return this.#more === 0 ? this.#problems : [...this.#problems, `${this.#more} more could not be read.`];
  }
}
