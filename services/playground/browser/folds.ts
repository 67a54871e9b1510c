import { repeatedBranches, rowsOf } from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';

/** The folded branches of a waterfall, by the keys of their rows. */
export class Folds {
  readonly keys = new Set<string>();
  /** Repeated branches that were folded automatically. They are folded only once, so that a user can open them. */
  readonly #foldedOnce = new Set<string>();

  foldRepeated(spans: readonly SpanView[], order: readonly string[]): void {
    for (const key of repeatedBranches(spans, order)) {
      if (!this.#foldedOnce.has(key)) this.keys.add(key);
      this.#foldedOnce.add(key);
    }
  }

  /** Folds every branch below the roots. */
  foldAll(spans: readonly SpanView[], order: readonly string[]): void {
    this.keys.clear();
    for (const row of rowsOf(spans, { order }))
      if (row.type === 'span' && row.hasChildren && row.depth > 0) this.keys.add(row.key);
  }

  toggle(key: string, isFolded = !this.keys.has(key)): void {
    if (isFolded) this.keys.add(key);
    else this.keys.delete(key);
  }
}
