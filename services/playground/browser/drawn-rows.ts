import type { Row as AnyRow } from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';
import type { Bars } from './bar-view.ts';
import { rowView } from './row-view.ts';

type Row = AnyRow<SpanView>;

/** The row height until a row can be measured. The style sheet sets the actual height. */
const USUAL_ROW_PX = 24;

/** What to draw: consecutive rows, from index `first`. */
export interface Drawing {
  rows: readonly Row[];
  first: number;
  bars: Bars;
  /** Key of the row that the Tab key reaches. */
  active: string;
  /** Whether rows that are already drawn are out of date. */
  isStale: boolean;
}

/** The rows of a waterfall that are in the page: the visible ones and a few around them. */
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
    // Keep the elements in row order, because screen readers read them in that order.
    let next = this.#grid.firstElementChild;
    for (const [offset, row] of rows.entries()) {
      const known = this.elementOf(row.key);
      if (known && known === next) next = known.nextElementSibling;
      const isAsItWas = known !== undefined && !isStale;
      const element = isAsItWas ? known : this.#renew(row, bars, known);
      // Moving an element that is already in place would take the focus from it.
      if (element.nextElementSibling !== next || !element.isConnected) this.#grid.insertBefore(element, next);
      if (isAsItWas) continue;
      // A row that scrolls into view is not new, so it doesn't fade in.
      if (!isStale) element.classList.add('known');
      element.style.transform = `translateY(calc(var(--row) * ${first + offset}))`;
      element.setAttribute('aria-rowindex', String(first + offset + 1));
      element.tabIndex = row.key === active ? 0 : -1;
    }
  }

  elementOf(key: string): HTMLElement | undefined {
    return this.#drawn.get(key)?.element;
  }

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
