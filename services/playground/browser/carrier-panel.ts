import type { CodePlace } from '@beyond-headers/journey';
import { rangeOf } from '@beyond-headers/traces/draw';
import type { CarrierView, RunState, SpanView } from '../view/types.ts';
import { ask } from './ask.ts';
import { carrierCards } from './carrier-cards.ts';
import { h } from './dom.ts';
import { showSpan } from './span-details.ts';

/** The carriers of a run's first order. They are fetched when the order and its Job appear, and when the run is settled. */
export class CarrierPanel {
  readonly #cards = h('div', { class: 'cards' });
  readonly #code = h('div', { class: 'code-places' });
  readonly element = h(
    'section',
    { class: 'carriers', 'aria-label': 'Carriers' },
    h('h2', {}, 'Where the code decides it'),
    this.#code,
    h('h2', {}, 'What carried it ', legend()),
    this.#cards,
  );
  readonly #onFetched: () => void;
  /** The last carriers that were fetched, or empty. */
  fetched: readonly CarrierView[] = [];
  #asked = '';

  constructor(onFetched: () => void) {
    this.#onFetched = onFetched;
  }

  show(state: RunState, spans: readonly SpanView[], code: readonly CodePlace[]): void {
    this.#code.replaceChildren(...code.map(codePlace));
    void this.#fetchWhenNew(state);
    const startMs = rangeOf(spans)?.startMs ?? 0;
    const parties = () => [...this.#cards.querySelectorAll<HTMLElement>('.party')];
    // Each update redraws the cards, and a focused button must keep the focus.
    const focused = parties().findIndex((party) => party === document.activeElement);
    const orderId = state.orders[0]?.orderId;
    this.#cards.replaceChildren(...carrierCards(this.fetched, spans, orderId, (span) => show(span, startMs)));
    parties()[focused]?.focus({ preventScroll: true });
  }

  async #fetchWhenNew({ runId, orders, jobs, settled }: RunState): Promise<void> {
    const orderId = orders[0]?.orderId;
    const question = `${orderId}/${jobs.length > 0}/${settled}`;
    if (!orderId || question === this.#asked) return;
    this.#asked = question;
    const query = new URLSearchParams({ orderId });
    const fetched = await ask<CarrierView[]>(`/api/runs/${runId}/carriers?${query}`).catch(() => undefined);
    if (!fetched) return;
    this.fetched = fetched;
    this.#onFetched();
  }
}

function legend(): HTMLElement {
  return h(
    'small',
    { class: 'legend' },
    h('mark', { class: 'trace' }, 'trace id'),
    ' ',
    h('mark', { class: 'span' }, 'parent span id'),
  );
}

function codePlace({ path, code }: CodePlace): HTMLElement {
  return h('p', {}, h('span', { class: 'path' }, path), h('code', {}, code));
}

/** Shows a span, and restores the focus to the pressed button when the details are closed. */
function show(span: SpanView, runStartMs: number): void {
  const pressed = document.activeElement;
  const onClose = () => pressed instanceof HTMLElement && pressed.focus();
  showSpan(span, { runStartMs, takesFocus: true, onClose });
}
