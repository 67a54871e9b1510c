import type { Row as AnyRow } from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';
import type { Bars } from './bar-view.ts';
import { rowView } from './row-view.ts';

type Row = AnyRow<SpanView>;

/** Until a row is there to be measured: the style sheet decides. */
const USUAL_ROW_PX = 24;

/** What to draw: some of the rows, from `first` on. */
export interface Drawing {
  rows: readonly Row[];
  first: number;
  bars: Bars;
  /** Key of the row that the Tab key comes to. */
  active: string;
  /** Whether rows that are drawn already no longer show what is. */
  isStale: boolean;
}

/** The rows of a waterfall that are in the page: those in sight and a few around them. */
export class DrawnRows {
  readonly #grid: HTMLElement;
  readonly #drawn = new Map<string, { row: Row; element: HTMLElement }>();

  constructor(grid: HTMLElement) {
    this.#grid = grid;
  }

  get rowPx(): number {
    const [drawn] = this.#drawn.values();
    return drawn?.element.offsetHeight || USUAL_ROW_PX;
  }

  draw({ rows, first, bars, active, isStale }: Drawing): void {
    this.#forgetAllBut(new Set(rows.map(({ key }) => key)));
    // In the order of the rows, which is the order in which a screen reader meets them.
    let next = this.#grid.firstElementChild;
    for (const [offset, row] of rows.entries()) {
      const known = this.elementOf(row.key);
      if (known && known === next) next = known.nextElementSibling;
      const isAsItWas = known !== undefined && !isStale;
      const element = isAsItWas ? known : this.#renew(row, bars, known);
      // Moving an element that is in its place would take the focus from it.
      if (element.nextElementSibling !== next || !element.isConnected) this.#grid.insertBefore(element, next);
      if (isAsItWas) continue;
      // What comes into sight by scrolling was there before.
      if (!isStale) element.classList.add('known');
      element.style.transform = `translateY(calc(var(--row) * ${first + offset}))`;
      element.setAttribute('aria-rowindex', String(first + offset + 1));
      element.tabIndex = row.key === active ? 0 : -1;
    }
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.#drawn.get(key)?.element;
  }

  /** The row that an element is in. */
  rowAt(target: EventTarget | null): Row | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>('[role="row"]') : null;
    for (const drawn of this.#drawn.values()) if (drawn.element === element) return drawn.row;
    return undefined;
  }

  #forgetAllBut(wanted: ReadonlySet<string>): void {
    for (const [key, { element }] of this.#drawn) {
      if (wanted.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
  }

  #renew(row: Row, bars: Bars, known: HTMLElement | undefined): HTMLElement {
    const element = rowView(row, bars);
    const hadFocus = known !== undefined && known === document.activeElement;
    if (known) element.classList.add('known');
    known?.replaceWith(element);
    this.#drawn.set(row.key, { row, element });
    if (hadFocus) {
      element.tabIndex = 0;
      element.focus({ preventScroll: true });
    }
    return element;
  }
}
