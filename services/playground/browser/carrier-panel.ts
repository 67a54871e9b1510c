import type { CodePlace } from '../view/code-places.ts';
import type { CarrierView, RunState, SpanView } from '../view/types.ts';
import { carrierCards } from './carrier-cards.ts';
import { h } from './dom.ts';

/** The carriers of a run's first order; asked for when the order is stored, when its Job is there, and at the end. */
export class CarrierPanel {
  readonly #cards = h('div', { class: 'cards' });
  readonly #code = h('p', { class: 'code-places' });
  readonly element = h(
    'section',
    { class: 'carriers', 'aria-label': 'Carriers' },
    h('h2', {}, 'Where the code decides it'),
    this.#code,
    h('h2', {}, 'What carried it'),
    this.#cards,
  );
  #fetched: CarrierView[] = [];
  #asked = '';
  #spans: readonly SpanView[] = [];

  show(state: RunState, spans: readonly SpanView[], code: readonly CodePlace[]): void {
    this.#code.replaceChildren(...code.map(codePlace));
    this.#spans = spans;
    void this.#fetchWhenNew(state);
    this.#draw();
  }

  async #fetchWhenNew({ runId, orders, jobs, settled }: RunState): Promise<void> {
    const orderId = orders[0]?.orderId;
    const question = `${orderId}/${jobs.length > 0}/${settled}`;
    if (!orderId || question === this.#asked) return;
    this.#asked = question;
    const response = await fetch(`/api/runs/${runId}/carriers?orderId=${orderId}`).catch(() => undefined);
    if (!response?.ok) return;
    this.#fetched = (await response.json()) as CarrierView[];
    this.#draw();
  }

  #draw(): void {
    this.#cards.replaceChildren(...carrierCards(this.#fetched, this.#spans));
  }
}

function codePlace({ path, code }: CodePlace): HTMLElement {
  return h('span', {}, h('i', {}, path), h('code', {}, code));
}
