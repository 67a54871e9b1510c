import { gridAction, type GridAction } from './grid-keys.ts';
import {
  linkLines,
  pan,
  rangeOf,
  rowsOf,
  zoom,
  type LinkLine,
  type Row,
  type TimeRange,
} from '@beyond-headers/traces/draw';
import type { RunState, SpanView } from '../view/types.ts';
import { h } from './dom.ts';
import { DrawnRows } from './drawn-rows.ts';
import { linkLineViews } from './link-lines-view.ts';
import { showSpan } from './span-details.ts';
import { spanTable } from './span-table.ts';
import { axisMarks } from './time-axis.ts';
import { waterfallTools } from './waterfall-tools.ts';

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
  readonly #links = h('div', { class: 'link-lines', 'aria-hidden': 'true' });
  readonly #viewport = h('div', { class: 'viewport' }, this.#grid, this.#links);
  readonly #drawn = new DrawnRows(this.#grid);
  readonly #collapsed = new Set<string>();
  #spans: readonly SpanView[] = [];
  #order: readonly string[] = [];
  #isOver = false;
  #rows: Row<SpanView>[] = [];
  #linkLines: LinkLine[] = [];
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
    const branches = rowsOf(this.#spans, { order: this.#order }).filter(
      (row) => row.type === 'span' && row.hasChildren,
    );
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
    this.#rows = rowsOf(this.#spans, {
      order: this.#order,
      collapsed: this.#collapsed,
      isOver: this.#isOver,
    });
    if (!this.#rows.some(({ key }) => key === this.#active)) this.#active = this.#rows[0]?.key ?? '';
    this.#linkLines = linkLines(this.#rows);
    this.#grid.style.height = `calc(var(--row) * ${this.#rows.length})`;
    this.#grid.setAttribute('aria-rowcount', String(this.#rows.length));
    this.#axis.replaceChildren(...axisMarks(this.#visible, this.#whole, this.#axis.clientWidth));
    this.#draw(true);
    if (!this.table.hidden) this.table.replaceChildren(spanTable(this.#spans, this.#order));
  }

  #draw(isStale = false): void {
    const { scrollTop, clientHeight } = this.#viewport;
    const { rowPx } = this.#drawn;
    const first = Math.max(0, Math.floor(scrollTop / rowPx) - OVERSCAN);
    const last = Math.ceil((scrollTop + clientHeight) / rowPx) + OVERSCAN;
    const rows = this.#rows.slice(first, last);
    this.#drawn.draw({ rows, first, visible: this.#visible, active: this.#active, isStale });
    this.#links.replaceChildren(...linkLineViews(this.#linkLines, { first, last }, this.#visible));
  }

  #activeSpan(): SpanView | undefined {
    const row = this.#rows.find(({ key }) => key === this.#active);
    return row?.type === 'span' ? row.span : undefined;
  }

  #onFocus(event: Event): void {
    const row = this.#drawn.rowAt(event.target);
    if (row) this.#activate(row.key, false);
  }

  #activate(key: string, focus: boolean): void {
    const before = this.#drawn.elementOf(this.#active);
    if (before) before.tabIndex = -1;
    this.#active = key;
    if (focus) this.#scrollTo(this.#rows.findIndex((row) => row.key === key));
    const now = this.#drawn.elementOf(key);
    if (now) now.tabIndex = 0;
    if (focus) now?.focus({ preventScroll: true });
  }

  #scrollTo(index: number): void {
    const { rowPx } = this.#drawn;
    const top = index * rowPx;
    const { scrollTop, clientHeight } = this.#viewport;
    if (top < scrollTop) this.#viewport.scrollTop = top;
    else if (top + rowPx > scrollTop + clientHeight) this.#viewport.scrollTop = top + rowPx - clientHeight;
    this.#draw();
  }

  #onClick(event: Event): void {
    const row = this.#drawn.rowAt(event.target);
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
    const pageRows = Math.max(1, Math.floor(this.#viewport.clientHeight / this.#drawn.rowPx) - 1);
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
