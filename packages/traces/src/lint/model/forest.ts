import { SpanIndex } from './span-index.ts';
import type { SpanStore } from './span-store.ts';

export const NO_PARENT = -1;
/** The span names a parent that was not read. */
export const ABSENT_PARENT = -2;

/**
 * The parents and children of all spans. Each pass over the spans takes time in proportion to their number, whatever the shape of their
 * traces.
 */
export class Forest {
  readonly index: SpanIndex;
  /** By span: its parent, {@link NO_PARENT}, or {@link ABSENT_PARENT}. */
  readonly parent: Int32Array;
  readonly childCount: Int32Array;
  /** By span: the top of its tree, which may be the span itself. -1 if its ancestors form a circle. */
  readonly top: Int32Array;
  /** By span: its highest ancestor that is reached without leaving its process, or the span itself. */
  readonly entry: Int32Array;
  /** The spans, parents before children, without those in `circular`. */
  readonly order: Int32Array;
  /** Spans whose ancestors form a circle. */
  readonly circular: number[] = [];
  /** By number of a trace: its first span. `nextInTrace` has the span after each span. -1 if there is none. */
  readonly firstInTrace: Int32Array;
  readonly nextInTrace: Int32Array;
  readonly store: SpanStore;
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  readonly #enter: Int32Array;
  readonly #leave: Int32Array;
  readonly #process: Int32Array;

  constructor(store: SpanStore) {
    const { size } = store;
    this.store = store;
    this.index = new SpanIndex(store);
    this.parent = new Int32Array(size);
    this.childCount = new Int32Array(size);
    this.#firstChild = new Int32Array(size).fill(-1);
    this.#nextSibling = new Int32Array(size).fill(-1);
    this.firstInTrace = new Int32Array(store.traces.size).fill(-1);
    this.nextInTrace = new Int32Array(size).fill(-1);
    this.#process = processesOf(store);
    this.#hang();
    this.top = new Int32Array(size).fill(-1);
    this.entry = new Int32Array(size).fill(-1);
    this.#enter = new Int32Array(size).fill(-1);
    this.#leave = new Int32Array(size).fill(-1);
    this.order = this.#walk();
    for (let span = 0; span < size; span++)
      if (this.isLive(span) && this.top[span] === -1) this.circular.push(span);
  }

  isLive(span: number): boolean {
    return this.index.isDouble[span] === 0;
  }

  parentOf(span: number): number {
    return this.parent[span] ?? NO_PARENT;
  }

  topOf(span: number): number {
    return this.top[span] ?? -1;
  }

  entryOf(span: number): number {
    return this.entry[span] ?? -1;
  }

  *childrenOf(span: number): Generator<number> {
    for (let child = this.#firstChild[span] ?? -1; child >= 0; child = this.#nextSibling[child] ?? -1)
      yield child;
  }

  *spansOfTrace(trace: number): Generator<number> {
    for (let span = this.firstInTrace[trace] ?? -1; span >= 0; span = this.nextInTrace[span] ?? -1)
      yield span;
  }

  hasTrace(trace: number): boolean {
    return (this.firstInTrace[trace] ?? -1) >= 0;
  }

  /** Reports whether `span` is `above` or one of its descendants. */
  isUnder(span: number, above: number): boolean {
    const [enter = -1, leave = -1, from = -1, to = -1] = [
      this.#enter[span],
      this.#leave[span],
      this.#enter[above],
      this.#leave[above],
    ];
    return enter >= 0 && from >= 0 && from <= enter && leave <= to;
  }

  areOneProcess(a: number, b: number): boolean {
    return this.processOf(a) === this.processOf(b);
  }

  processOf(span: number): number {
    return this.#process[this.store.resource.at(span)] ?? -1;
  }

  #hang(): void {
    const { store, index } = this;
    // Backwards, so that the lists are in the order of the spans.
    for (let span = store.size - 1; span >= 0; span--) {
      if (index.isDouble[span] === 1) {
        this.parent[span] = NO_PARENT;
        continue;
      }
      const parent = this.#parentIn(span);
      this.parent[span] = parent;
      if (parent >= 0) {
        this.#nextSibling[span] = this.#firstChild[parent] ?? -1;
        this.#firstChild[parent] = span;
        this.childCount[parent] = (this.childCount[parent] ?? 0) + 1;
      }
      const trace = store.trace.at(span);
      this.nextInTrace[span] = this.firstInTrace[trace] ?? -1;
      this.firstInTrace[trace] = span;
    }
  }

  #parentIn(span: number): number {
    const { store, index } = this;
    const shared = index.shared.get(span);
    if (shared !== undefined) return shared;
    if (!store.hasParent(span)) return NO_PARENT;
    const found = index.find(store.trace.at(span), store.parentHigh.at(span), store.parentLow.at(span));
    return found < 0 ? ABSENT_PARENT : found;
  }

  /** Depth first, without a stack: a trace can be one chain of 200,000 spans. */
  #walk(): Int32Array {
    const order = new Int32Array(this.store.size);
    let count = 0;
    let clock = 0;
    for (let top = 0; top < this.store.size; top++) {
      if (this.parentOf(top) >= 0 || !this.isLive(top)) continue;
      let span = top;
      while (true) {
        order[count++] = span;
        this.#enter[span] = clock++;
        this.top[span] = top;
        this.entry[span] = this.#entryUnder(span);
        const child = this.#firstChild[span] ?? -1;
        if (child >= 0) {
          span = child;
          continue;
        }
        this.#leave[span] = clock++;
        while (span !== top && (this.#nextSibling[span] ?? -1) < 0) {
          span = this.parentOf(span);
          this.#leave[span] = clock++;
        }
        if (span === top) break;
        span = this.#nextSibling[span] ?? top;
      }
    }
    return order.subarray(0, count);
  }

  #entryUnder(span: number): number {
    const parent = this.parentOf(span);
    return parent >= 0 && this.areOneProcess(parent, span) ? this.entryOf(parent) : span;
  }
}

/** Returns, by number of a resource, the number of its process. */
function processesOf({ resources }: SpanStore): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(resources, ({ process }) => {
    const known = numbers.get(process) ?? numbers.size;
    numbers.set(process, known);
    return known;
  });
}
