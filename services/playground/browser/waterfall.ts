import { gridAction, type GridAction } from '../view/grid-keys.ts';
import { rowsOf, type Row } from '../view/rows.ts';
import { pan, rangeOf, ticks, zoom, type TimeRange } from '../view/scale.ts';
import type { RunState, SpanView } from '../view/types.ts';
import { duration } from '../view/format.ts';
import { h } from './dom.ts';
import { rowView } from './row-view.ts';
import { showSpan } from './span-details.ts';
import { spanTable } from './span-table.ts';
import { waterfallTools } from './waterfall-tools.ts';

const ROW_PX = 24;
/** Rows kept above and below those in sight, so that scrolling shows no holes. */
const OVERSCAN = 12;
const ZOOM_STEP = 1.6;

/** A waterfall that draws only the rows in sight, so that thousands scroll as few do. */
export class Waterfall {
  readonly element: HTMLElement;
  /** Stands in the place of the rows while a table is asked for. */
  readonly table = h('div', { class: 'table-place', hidden: true });
  readonly #axis = h('div', { class: 'axis-scale', 'aria-hidden': 'true' });
  readonly #grid = h('div', { class: 'grid', role: 'treegrid', 'aria-label': 'Waterfall of spans' });
  readonly #viewport = h('div', { class: 'viewport' }, this.#grid);
  readonly #drawn = new Map<string, { row: Row; element: HTMLElement }>();
  readonly #collapsed = new Set<string>();
  #spans: readonly SpanView[] = [];
  #order: readonly string[] = [];
  #isOver = false;
  #rows: Row[] = [];
  #whole: TimeRange = { startMs: 0, endMs: 1 };
  #visible: TimeRange = this.#whole;
  #active = '';

  constructor() {
    const head = h('div', { class: 'axis' }, waterfallTools(this), this.#axis);
    this.element = h('div', { class: 'waterfall' }, head, this.#viewport, this.table);
    this.#viewport.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.#viewport.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    this.#grid.addEventListener('keydown', (event) => this.#onKey(event));
    this.#grid.addEventListener('click', (event) => this.#onClick(event));
    this.#grid.addEventListener('focusin', (event) => this.#onFocus(event));
    new ResizeObserver(() => this.#draw()).observe(this.#viewport);
  }

  /** Shows a run; `lengthMs` is at the least how much time the whole width stands for, so that two runs compare. */
  show(spans: readonly SpanView[], { traceIds, settled }: RunState, lengthMs = 0): void {
    this.#spans = spans;
    this.#order = traceIds;
    this.#isOver = settled;
    const range = rangeOf(spans) ?? { startMs: 0, endMs: 1 };
    const whole = { startMs: range.startMs, endMs: Math.max(range.endMs, range.startMs + lengthMs) };
    const wasWhole = this.#visible.startMs <= this.#whole.startMs && this.#visible.endMs >= this.#whole.endMs;
    this.#whole = whole;
    if (wasWhole) this.#visible = whole;
    this.#rebuild();
  }

  zoomBy(steps: number): void {
    const at = this.#activeSpan()?.startMs ?? (this.#visible.startMs + this.#visible.endMs) / 2;
    this.#visible = zoom(this.#visible, this.#whole, ZOOM_STEP ** steps, at);
    this.#rebuild();
  }

  fit(): void {
    this.#visible = this.#whole;
    this.#rebuild();
  }

  /** Folds every branch below the roots, or opens all of them. */
  fold(isFolded: boolean): void {
    this.#collapsed.clear();
    const branches = rowsOf(this.#spans, this.#order).filter((row) => row.type === 'span' && row.hasChildren);
    if (isFolded)
      for (const row of branches) if (row.type === 'span' && row.depth > 0) this.#collapsed.add(row.key);
    this.#rebuild();
  }

  showTable(isShown: boolean): void {
    this.table.hidden = !isShown;
    this.#viewport.hidden = isShown;
    this.#axis.hidden = isShown;
    this.#rebuild();
  }

  #rebuild(): void {
    this.#rows = rowsOf(this.#spans, this.#order, this.#collapsed, this.#isOver);
    if (!this.#rows.some(({ key }) => key === this.#active)) this.#active = this.#rows[0]?.key ?? '';
    this.#grid.style.height = `${this.#rows.length * ROW_PX}px`;
    this.#grid.setAttribute('aria-rowcount', String(this.#rows.length));
    this.#drawAxis();
    this.#draw(true);
    if (!this.table.hidden) this.table.replaceChildren(spanTable(this.#spans, this.#order));
  }

  #drawAxis(): void {
    const lengthMs = this.#visible.endMs - this.#visible.startMs;
    const marks = ticks(this.#visible, this.#whole).map((ms) => {
      const mark = h('span', { class: 'tick' }, duration(ms).replace('0 µs', '0'));
      mark.style.left = `${((this.#whole.startMs + ms - this.#visible.startMs) / lengthMs) * 100}%`;
      return mark;
    });
    this.#axis.replaceChildren(...marks);
  }

  #draw(isStale = false): void {
    const first = Math.max(0, Math.floor(this.#viewport.scrollTop / ROW_PX) - OVERSCAN);
    const last = Math.ceil((this.#viewport.scrollTop + this.#viewport.clientHeight) / ROW_PX) + OVERSCAN;
    const wanted = this.#rows.slice(first, last);
    this.#forget(new Set(wanted.map(({ key }) => key)));
    // In the order of the rows, which is the order in which a screen reader meets them.
    let next = this.#grid.firstElementChild;
    for (const [offset, row] of wanted.entries()) {
      const known = this.#drawn.get(row.key)?.element;
      if (known && known === next) next = known.nextElementSibling;
      const element = known && !isStale ? known : this.#renew(row, known);
      // Moving an element that is in its place would take the focus from it.
      if (element.nextElementSibling !== next || !element.isConnected) this.#grid.insertBefore(element, next);
      this.#position(element, row, first + offset);
    }
  }

  #forget(wanted: ReadonlySet<string>): void {
    for (const [key, { element }] of this.#drawn) {
      if (wanted.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
  }

  #renew(row: Row, known: HTMLElement | undefined): HTMLElement {
    const element = rowView(row, this.#visible);
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

  #position(element: HTMLElement, { key }: Row, index: number): void {
    element.style.transform = `translateY(${index * ROW_PX}px)`;
    element.setAttribute('aria-rowindex', String(index + 1));
    element.tabIndex = key === this.#active ? 0 : -1;
  }

  #activeSpan(): SpanView | undefined {
    const row = this.#rows.find(({ key }) => key === this.#active);
    return row?.type === 'span' ? row.span : undefined;
  }

  #onFocus(event: Event): void {
    const row = this.#rowOf(event.target);
    if (row) this.#activate(row.key, false);
  }

  #rowOf(target: EventTarget | null): Row | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>('[role="row"]') : null;
    for (const drawn of this.#drawn.values()) if (drawn.element === element) return drawn.row;
    return undefined;
  }

  #activate(key: string, focus: boolean): void {
    const before = this.#drawn.get(this.#active);
    if (before) before.element.tabIndex = -1;
    this.#active = key;
    if (focus) this.#scrollTo(this.#rows.findIndex((row) => row.key === key));
    const now = this.#drawn.get(key);
    if (now) now.element.tabIndex = 0;
    if (focus) now?.element.focus({ preventScroll: true });
  }

  #scrollTo(index: number): void {
    const top = index * ROW_PX;
    const { scrollTop, clientHeight } = this.#viewport;
    if (top < scrollTop) this.#viewport.scrollTop = top;
    else if (top + ROW_PX > scrollTop + clientHeight) this.#viewport.scrollTop = top + ROW_PX - clientHeight;
    this.#draw();
  }

  #onClick(event: Event): void {
    const row = this.#rowOf(event.target);
    if (row?.type !== 'span') return;
    this.#activate(row.key, true);
    const isToggle = event.target instanceof Element && event.target.closest('.toggle') !== null;
    if (isToggle) this.#toggle(row.key);
    else showSpan(row.span, this.#whole.startMs);
  }

  #toggle(key: string, collapse = !this.#collapsed.has(key)): void {
    if (collapse) this.#collapsed.add(key);
    else this.#collapsed.delete(key);
    this.#rebuild();
  }

  #onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(event.deltaY < 0 ? 1 : -1);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = this.#rows.findIndex(({ key }) => key === this.#active);
    const pageRows = Math.max(1, Math.floor(this.#viewport.clientHeight / ROW_PX) - 1);
    const action = gridAction(event.key, this.#rows, index, pageRows);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    this.#do(action);
  }

  #do(action: GridAction): void {
    const span = this.#activeSpan();
    if (action.type === 'move') this.#activate(this.#rows[action.to]?.key ?? '', true);
    else if (action.type === 'zoom') this.zoomBy(action.steps);
    else if (action.type === 'pan') this.#pan(action.share);
    else if (action.type === 'fit') this.fit();
    else if (action.type === 'fold') this.#toggle(this.#active, action.isFolded);
    else if (span) showSpan(span, this.#whole.startMs);
  }

  #pan(share: number): void {
    this.#visible = pan(this.#visible, this.#whole, share);
    this.#rebuild();
  }
}
