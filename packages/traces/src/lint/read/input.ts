import type { SpanStore } from '../model/span-store.ts';

const MAX_PROBLEMS = 20;

/** Puts spans into the store, and remembers what could not be read. */
export class Sink {
  readonly store: SpanStore;
  readonly #problems: string[] = [];
  #more = 0;

  constructor(store: SpanStore) {
    this.store = store;
  }

  /** `place` is a file, with its line where there are lines. */
  problem(place: string, text: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(`${place}: ${text}`);
    else this.#more++;
  }

  /** What there may be beside what was read. */
  readonly notes: string[] = [];

  /** Without it, traces that were not read would look like traces without a fault. */
  noteLimit(which: string): void {
    this.notes.push(`${which} traces were read. There may be more: increase --limit, or shorten --lookback.`);
  }

  get problems(): string[] {
    return this.#more === 0 ? this.#problems : [...this.#problems, `${this.#more} more could not be read.`];
  }
}
