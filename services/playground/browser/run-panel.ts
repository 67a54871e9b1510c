import { counted } from '../view/format.ts';
import { journeyOf } from '../view/journey.ts';
import { rangeOf } from '../view/scale.ts';
import { brokenOnPurpose } from '../view/settings.ts';
import type { RunSettings } from '../view/types.ts';
import { verdictOn, type Verdict } from '../view/verdict.ts';
import type { Slot } from './address.ts';
import { CarrierPanel } from './carrier-panel.ts';
import { h, one } from './dom.ts';
import { journeyView } from './journey-view.ts';
import { followRun, type RunModel } from './run-stream.ts';
import { Waterfall } from './waterfall.ts';

/** One of the two places for a run: what happened, in which picture, carried by what. */
export class RunPanel {
  readonly runId: string;
  readonly #root: HTMLElement;
  readonly #onChange: () => void;
  readonly #head = h('div', { class: 'head' });
  readonly #strip = h('div', { class: 'strip' });
  readonly #waterfall = new Waterfall();
  readonly #carriers = new CarrierPanel();
  readonly #slot: Slot;
  readonly #stop: () => void;
  #model: RunModel | undefined;
  #lengthMs = 0;
  #frame = 0;

  constructor(slot: Slot, runId: string, onChange: () => void) {
    this.#slot = slot;
    this.runId = runId;
    this.#onChange = onChange;
    this.#root = one(`#slot-${slot}`, HTMLElement);
    this.#root.dataset['tone'] = 'running';
    this.#root.replaceChildren(this.#head, this.#strip, this.#waterfall.element, this.#carriers.element);
    this.#stop = followRun(runId, (model) => this.#take(model));
    this.#render();
  }

  get settings(): RunSettings | undefined {
    return this.#model?.state.settings;
  }

  get isSettled(): boolean {
    return this.#model?.state.settled ?? false;
  }

  /** How long the run took, milliseconds. */
  get lengthMs(): number {
    const range = rangeOf(this.#model?.spans ?? []);
    return range ? range.endMs - range.startMs : 0;
  }

  /** Draws to the same scale as a longer run beside it. */
  compareWith(lengthMs: number): void {
    if (lengthMs === this.#lengthMs) return;
    this.#lengthMs = lengthMs;
    this.#renderSoon();
  }

  close(): void {
    this.#stop();
    cancelAnimationFrame(this.#frame);
  }

  #take(model: RunModel): void {
    this.#model = model;
    this.#renderSoon();
    this.#onChange();
  }

  /** Many updates, one drawing: never more than the screen can show. */
  #renderSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#render());
  }

  #render(): void {
    const state = this.#model?.state ?? {
      runId: this.runId,
      traceIds: [],
      orders: [],
      jobs: [],
      settled: false,
    };
    const spans = this.#model?.spans ?? [];
    const journey = journeyOf(spans, state);
    const verdict = verdictOn(journey, spans, state);
    this.#root.dataset['tone'] = verdict.tone;
    this.#root.dataset['settled'] = String(state.settled);
    this.#head.replaceChildren(...this.#headline(verdict));
    this.#strip.replaceChildren(journeyView(journey));
    this.#waterfall.show(spans, state, this.#lengthMs);
    this.#carriers.show(state, spans, verdict.code);
  }

  #headline(verdict: Verdict): HTMLElement[] {
    const settings = this.settings;
    const chips = settings ? brokenOnPurpose(settings) : [];
    return [
      h(
        'div',
        { class: 'title-line' },
        h('span', { class: 'slot-name', 'aria-hidden': 'true' }, this.#slot.toUpperCase()),
        h('h2', { class: 'verdict', 'aria-live': 'polite' }, verdict.title),
        h(
          'p',
          { class: 'chips' },
          ...(chips.length > 0 ? chips : ['everything on']).map((chip) => h('span', { class: 'chip' }, chip)),
        ),
      ),
      h('p', { class: 'explain' }, verdict.text),
      ...this.#warnings(),
    ];
  }

  #warnings(): HTMLElement[] {
    const problem = this.#model?.state.problem;
    const lost =
      this.#model?.isConnected === false && 'The playground’s server does not answer; trying again.';
    return [problem, lost].flatMap((text) =>
      text ? [h('p', { class: 'warning', role: 'status' }, text)] : [],
    );
  }
}

/** For the list of runs and the page's title. */
export function runLabel(settings: RunSettings): string {
  const broken = brokenOnPurpose(settings);
  return broken.length > 0 ? broken.join(', ') : `everything on, ${counted(settings.orders, 'order')}`;
}
