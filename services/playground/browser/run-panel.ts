import { journeyOf, verdictOn } from '@beyond-headers/journey';
import type { Slot } from './address.ts';
import { CarrierPanel } from './carrier-panel.ts';
import { DecisionPanel } from './decision-panel.ts';
import { h, one } from './dom.ts';
import { journeyView } from './journey-view.ts';
import { oncePerFrame } from './once-per-frame.ts';
import { RunHead } from './run-head.ts';
import { followRun, newModel, type RunModel } from './run-stream.ts';
import { Waterfall } from './waterfall.ts';

export interface RunPanelOptions {
  /** Called after each rendering, which can change `lengthMs`. */
  onChange: () => void;
  /** Called when the user cuts long waits out of the time of all runs, or shows them again. */
  onCut: (isCut: boolean) => void;
}

/** One of the two slots: what happened in a run, its waterfall, and what carried its context. */
export class RunPanel {
  readonly runId: string;
  readonly #root: HTMLElement;
  /** What the slot shows without a run. */
  readonly #prompt: readonly Node[];
  readonly #onChange: () => void;
  readonly #head: RunHead;
  readonly #decisions = new DecisionPanel();
  readonly #strip = h('div', { class: 'strip' });
  readonly #waterfall: Waterfall;
  /** Does nothing after `close`, because a response can come when the slot shows another run. */
  readonly #renderSoon = oncePerFrame(() => {
    if (!this.#isClosed) this.#render();
  });
  readonly #carriers = new CarrierPanel(this.#renderSoon);
  readonly #stop: () => void;
  readonly #model: RunModel;
  #lengthMs = 0;
  #isClosed = false;

  constructor(slot: Slot, runId: string, { onChange, onCut }: RunPanelOptions) {
    this.runId = runId;
    this.#waterfall = new Waterfall(onCut);
    this.#onChange = onChange;
    this.#head = new RunHead(slot);
    this.#root = one(`#slot-${slot}`, HTMLElement);
    this.#prompt = [...this.#root.childNodes];
    this.#root.dataset['tone'] = 'running';
    this.#root.replaceChildren(
      this.#head.element,
      this.#decisions.element,
      this.#strip,
      this.#waterfall.element,
      this.#carriers.element,
    );
    this.#model = newModel(runId);
    this.#stop = followRun(this.#model, this.#renderSoon);
    this.#render();
  }

  /** The length of the run as drawn, in milliseconds. */
  get lengthMs(): number {
    return this.#waterfall.drawnMs;
  }

  cutWaits(isCut: boolean): void {
    this.#waterfall.cutWaits(isCut);
  }

  /** Draws to the scale of the longer of two runs. `lengthMs` is the length of that run as drawn. */
  compareWith(lengthMs: number): void {
    if (lengthMs === this.#lengthMs) return;
    this.#lengthMs = lengthMs;
    this.#renderSoon();
  }

  close(): void {
    this.#isClosed = true;
    this.#stop();
    this.#waterfall.close();
    this.#root.replaceChildren(...this.#prompt);
    this.#root.dataset['tone'] = 'empty';
    delete this.#root.dataset['settled'];
  }

  #render(): void {
    const { state, spans } = this.#model;
    const journey = journeyOf(spans, state);
    const verdict = verdictOn(journey, spans, state, this.#carriers.fetched);
    this.#root.dataset['tone'] = verdict.tone;
    this.#root.dataset['settled'] = String(state.settled);
    this.#head.show(verdict, state.settings, this.#warnings());
    this.#decisions.show(state);
    this.#strip.replaceChildren(journeyView(journey));
    this.#waterfall.show(spans, state, this.#lengthMs);
    this.#carriers.show(state, spans, verdict.code);
    this.#onChange();
  }

  #warnings(): string[] {
    const { isConnected, state } = this.#model;
    const lost = 'The playground’s server does not answer; trying again.';
    return [state.problem ?? [], isConnected ? [] : lost].flat();
  }
}
