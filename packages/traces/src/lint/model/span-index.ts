import type { Resource } from './resource.ts';
import { KIND, type SpanStore } from './span-store.ts';

/** Two different spans that share an id. */
export interface Duplicate {
  first: number;
  second: number;
}

/** Finds spans by trace and id. Uses open addressing, so that a million spans need no million objects. */
export class SpanIndex {
  readonly duplicates: Duplicate[] = [];
  /** By span: 1 for a copy of another span. An exporter that gets no response sends a span again, and two pipelines may each deliver it. */
  readonly isDouble: Uint8Array;
  /** The CLIENT of each SERVER that has the same id, as in Zipkin's spans. */
  readonly shared = new Map<number, number>();
  readonly #store: SpanStore;
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(store: SpanStore) {
    this.#store = store;
    let size = 1_024;
    while (size < store.size * 2) size *= 2;
    this.#slots = new Int32Array(size).fill(-1);
    this.#mask = size - 1;
    this.isDouble = new Uint8Array(store.size);
    for (let span = 0; span < store.size; span++) this.#insert(span);
  }

  /** Returns the number of the span, or -1 if there is none. */
  find(trace: number, high: number, low: number): number {
    return this.#slots[this.#slotOf(trace, high, low)] ?? -1;
  }

  #insert(span: number): void {
    const { trace, high, low } = this.#store;
    const slot = this.#slotOf(trace.at(span), high.at(span), low.at(span));
    const first = this.#slots[slot] ?? -1;
    if (first < 0) this.#slots[slot] = span;
    else this.#insertAgain(first, span);
  }

  #insertAgain(first: number, second: number): void {
    const [a, b] = [this.#store.kind.at(first), this.#store.kind.at(second)];
    if (this.#areAlike(first, second)) this.#keepFuller(first, second);
    else if (a === KIND.CLIENT && b === KIND.SERVER) this.shared.set(second, first);
    else if (a === KIND.SERVER && b === KIND.CLIENT) this.shared.set(first, second);
    else this.duplicates.push({ first, second });
  }

  #areAlike(a: number, b: number): boolean {
    const { start, end, kind, name, parentHigh, parentLow } = this.#store;
    const isSame = [start, end, kind, name, parentHigh, parentLow].every(
      (column) => column.at(a) === column.at(b),
    );
    // Doesn't compare the whole resource, because one of two pipelines may have added attributes to it.
    return isSame && this.#store.serviceOf(a) === this.#store.serviceOf(b);
  }

  /** Keeps the first span, with the resource that has more fields. */
  #keepFuller(first: number, second: number): void {
    this.isDouble[second] = 1;
    const { resource } = this.#store;
    const [known, other] = [first, second].map((span) => countFields(this.#store.resourceOf(span)));
    if ((other ?? 0) > (known ?? 0)) resource.set(first, resource.at(second));
  }

  #slotOf(trace: number, high: number, low: number): number {
    const store = this.#store;
    let slot =
      (Math.imul(trace, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(low, 0xc2b2ae35)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & this.#mask;
    for (let span = this.#slots[slot] ?? -1; span >= 0; span = this.#slots[slot] ?? -1) {
      if (store.low.at(span) === low && store.high.at(span) === high && store.trace.at(span) === trace) break;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }
}

const countFields = (resource: Resource): number => Object.values(resource).filter(Boolean).length;
