import { linkLines, rowsOf, type LinkLine, type Row } from '@beyond-headers/traces/draw';
import type { RunState, SpanView } from '../view/types.ts';
import { h } from './dom.ts';
import { DrawnRows } from './drawn-rows.ts';
import { Folds } from './folds.ts';
import { rowAction, type RowAction } from './grid-keys.ts';
import { gutterPx, linkLineViews } from './link-lines-view.ts';
import { Minimap } from './minimap.ts';
import { oncePerFrame } from './once-per-frame.ts';
import { cutViews } from './placed.ts';
import { isSpanShown, showSpan } from './span-details.ts';
import { spanTable } from './span-table.ts';
import { axisMarks } from './time-axis.ts';
import { TimeWindow } from './time-window.ts';
import { layoutIn, NameRuler, type Layout } from './waterfall-layout.ts';
import { waterfallTools } from './waterfall-tools.ts';
import { rowsInSight, scrollToRow } from './window-scroll.ts';

/** The share of the visible time by which a key moves it. */
const PAN_SHARE = 0.25;

/** A waterfall that draws only the rows in sight, so that thousands of rows scroll as smoothly as a few. */
export class Waterfall {
  readonly element: HTMLElement;
  readonly #table = h('div', { class: 'table-place', hidden: true });
  readonly #axis = h('div', { class: 'axis-scale', 'aria-hidden': 'true' });
  readonly #grid = h('div', { class: 'grid', role: 'treegrid', 'aria-label': 'Waterfall of spans' });
  readonly #cuts = h('div', { class: 'cuts', 'aria-hidden': 'true' });
  readonly #links = h('div', { class: 'link-lines', 'aria-hidden': 'true' });
  readonly #viewport = h('div', { class: 'viewport' }, this.#cuts, this.#grid, this.#links);
  readonly #minimap = new Minimap((visible) => this.#look(() => this.#time.select(visible)));
  readonly #head: HTMLElement;
  readonly #drawn = new DrawnRows(this.#grid);
  readonly #ruler = new NameRuler();
  readonly #time = new TimeWindow();
  readonly #end = new AbortController();
  readonly #timeKeys: Record<string, () => void> = {
    '+': () => this.zoomBy(1),
    '=': () => this.zoomBy(1),
    '-': () => this.zoomBy(-1),
    '0': () => this.fit(),
    z: () => this.#zoomToActive(),
    '<': () => this.#look(() => this.#time.panBy(-PAN_SHARE)),
    '>': () => this.#look(() => this.#time.panBy(PAN_SHARE)),
  };
  /** A pointer and a wheel send more events than the screen can show. */
  readonly #redraw = oncePerFrame(() => this.#drawTime());
  readonly #folds = new Folds();
  #spans: readonly SpanView[] = [];
  #order: readonly string[] = [];
  #isOver = false;
  #rows: Row<SpanView>[] = [];
  #linkLines: LinkLine[] = [];
  #layout: Layout = { namesPx: 0, barsPx: 1, isStacked: false };
  #active = '';

  /** `onCut` is called when the user cuts out long waits, or shows them again. It applies to both runs side by side. */
  constructor(onCut: (isCut: boolean) => void) {
    this.#head = h('div', { class: 'axis' }, waterfallTools(this, onCut), this.#minimap.element, this.#axis);
    this.element = h('div', { class: 'waterfall' }, this.#head, this.#viewport, this.#table);
    const { signal } = this.#end;
    addEventListener('scroll', () => this.#draw(), { passive: true, signal });
    addEventListener('resize', () => this.#draw(), { passive: true, signal });
    this.#viewport.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    this.#grid.addEventListener('keydown', (event) => this.#onKey(event));
    this.#grid.addEventListener('click', (event) => this.#onClick(event));
    this.#grid.addEventListener('dblclick', () => this.#zoomToActive());
    this.#grid.addEventListener('focusin', (event) => this.#onFocus(event));
    const resized = new ResizeObserver(() => this.#layOut());
    resized.observe(this.element);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  /** The length of the run as drawn, in milliseconds. */
  get drawnMs(): number {
    return this.#time.drawnMs;
  }

  /** Shows a run. `lengthMs` is the least drawn time that the full width stands for, so that two runs have the same scale. */
  show(spans: readonly SpanView[], { traceIds, settled }: RunState, lengthMs = 0): void {
    const hasMore = spans.length !== this.#spans.length;
    this.#spans = spans;
    this.#order = traceIds;
    this.#isOver = settled;
    this.#time.show(spans, lengthMs);
    if (hasMore) this.#folds.foldRepeated(spans, traceIds);
    this.#rebuild();
  }

  close(): void {
    this.#end.abort();
  }

  zoomBy(steps: number): void {
    const { startMs, endMs } = this.#activeSpan() ?? {};
    const around = startMs === undefined || endMs === undefined ? undefined : (startMs + endMs) / 2;
    this.#look(() => this.#time.zoomBy(steps, around));
  }

  fit(): void {
    this.#look(() => this.#time.fit());
  }

  /** Cuts long waits out of the time, or shows them in full length. */
  cutWaits(isCut: boolean): void {
    this.#time.cutWaits(isCut);
    this.#head.querySelector('.cut-tool')?.setAttribute('aria-pressed', String(isCut));
    this.#redraw();
  }

  /** Folds every branch below the roots, or opens all of them. */
  fold(isFolded: boolean): void {
    if (isFolded) this.#folds.foldAll(this.#spans, this.#order);
    else this.#folds.keys.clear();
    this.#rebuild();
  }

  showTable(isShown: boolean): void {
    this.#table.hidden = !isShown;
    for (const element of [this.#viewport, this.#axis, this.#minimap.element]) element.hidden = isShown;
    this.#rebuild();
  }

  /** Changes the visible time. The rows stay the same. */
  #look(change: () => void): void {
    change();
    this.#redraw();
  }

  #rebuild(): void {
    const [order, collapsed, isOver] = [this.#order, this.#folds.keys, this.#isOver];
    this.#rows = rowsOf(this.#spans, { order, collapsed, isOver });
    if (!this.#rows.some(({ key }) => key === this.#active)) this.#active = this.#rows[0]?.key ?? '';
    this.#linkLines = linkLines(this.#rows);
    this.#grid.style.height = `calc(var(--row) * ${this.#rows.length})`;
    this.#grid.setAttribute('aria-rowcount', String(this.#rows.length));
    if (!this.#table.hidden) this.#table.replaceChildren(spanTable(this.#spans, this.#order));
    this.#layOut();
  }

  /** Computes the widths of names and bars, and redraws what depends on them. */
  #layOut(): void {
    const { font, fontSize } = getComputedStyle(this.#grid);
    const gutter = gutterPx(this.#linkLines);
    const need = this.#ruler.widest(this.#rows, font);
    this.#layout = layoutIn(this.element.clientWidth, need, Number.parseFloat(fontSize), gutter);
    this.element.classList.toggle('stacked', this.#layout.isStacked);
    this.element.style.setProperty('--names', `${this.#layout.namesPx}px`);
    this.element.style.setProperty('--gutter', `${gutter}px`);
    this.#drawTime();
  }

  #drawTime(): void {
    const { scale } = this.#time;
    this.#axis.replaceChildren(...axisMarks(scale, this.#layout.barsPx));
    this.#cuts.replaceChildren(...cutViews(scale, 'cut'));
    this.#minimap.show(this.#rows, scale);
    this.#draw(true);
  }

  #draw(isStale = false): void {
    const { first, last } = rowsInSight(this.#grid, this.#drawn.rowPx);
    const bars = { scale: this.#time.scale, widthPx: this.#layout.barsPx };
    this.#drawn.draw({ rows: this.#rows.slice(first, last), first, bars, active: this.#active, isStale });
    this.#links.replaceChildren(...linkLineViews(this.#linkLines, { first, last }));
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
    if (isSpanShown()) this.#showActive(false);
  }

  #scrollTo(index: number): void {
    scrollToRow(this.#grid, index, this.#drawn.rowPx, this.#head.offsetHeight);
    this.#draw();
  }

  #onClick(event: Event): void {
    const row = this.#drawn.rowAt(event.target);
    if (!row || row.type === 'note') return;
    const isToggle = event.target instanceof Element && event.target.closest('.toggle') !== null;
    this.#activate(row.key, true);
    if (isToggle || (row.type === 'span' && row.isCollapsed)) this.#toggle(row.key);
    else this.#showActive(false);
  }

  #showActive(takesFocus: boolean): void {
    const [span, key] = [this.#activeSpan(), this.#active];
    if (!span) return;
    const onClose = () => this.#activate(key, true);
    const zoomTo = () => this.#look(() => this.#time.zoomTo(span));
    showSpan(span, { runStartMs: this.#time.scale.startMs, takesFocus, onClose, zoomTo });
    // The details may cover the row.
    this.#scrollTo(this.#rows.findIndex((row) => row.key === key));
  }

  #zoomToActive(): void {
    const span = this.#activeSpan();
    if (span) this.#look(() => this.#time.zoomTo(span));
  }

  #toggle(key: string, isFolded?: boolean): void {
    this.#folds.toggle(key, isFolded);
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
    const pageRows = Math.max(1, Math.floor(innerHeight / this.#drawn.rowPx) - 4);
    const action = rowAction(event.key, this.#rows, index, pageRows);
    const act = action ? () => this.#do(action) : this.#timeKeys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #do(action: RowAction): void {
    if (action === 'open') this.#showActive(true);
    else if ('to' in action) this.#activate(this.#rows[action.to]?.key ?? '', true);
    else this.#toggle(this.#active, action.isFolded);
  }
}
