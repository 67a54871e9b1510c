import { counted, printable, shortId } from '@beyond-headers/traces/draw';
import type { DeadLetterView, RequeuedView } from '../../view/queue.ts';
import { h } from '../dom.ts';
import { ask, messageOf } from '../ask.ts';
import { traceLink } from './open-run.ts';

const SHOWN = 10;

/** Orders that were given up, each with its trace and a button that puts it back into the queue. */
export class DeadLetters {
  readonly #list = h('ol', { class: 'q-letters' });
  readonly #state = h('p', { class: 'q-note', role: 'status' }, 'None.');
  readonly element = h('section', { class: 'q-panel' }, h('h3', {}, 'Dead letters'), this.#list, this.#state);
  readonly #onDone: () => void;
  #failed = -1;

  constructor(onDone: () => void) {
    this.#onDone = onDone;
  }

  /** Reads them again when their number has changed. */
  show(failed: number): void {
    if (failed === this.#failed) return;
    this.#failed = failed;
    void this.#read();
  }

  async #read(): Promise<void> {
    try {
      const path = `/api/dead-letters?limit=${SHOWN}`;
      const { deadLetters } = await ask<{ deadLetters: DeadLetterView[] }>(path);
      this.#list.replaceChildren(...deadLetters.map((letter) => this.#entry(letter)));
      if (deadLetters.length === 0 && this.#state.childElementCount === 0) this.#state.textContent = 'None.';
      else if (this.#state.textContent === 'None.') this.#state.textContent = '';
    } catch (error) {
      // Asked for again with the next change, or now.
      this.#failed = -1;
      this.#state.textContent = messageOf(error);
    }
  }

  #entry(letter: DeadLetterView): HTMLElement {
    const { orderId, customer, attempts, error = 'no reason was kept', traceIds } = letter;
    const traceId = traceIds.at(-1);
    const requeue = h('button', { type: 'button', class: 'tool' }, 'Requeue');
    requeue.setAttribute('aria-label', `Requeue order ${orderId}`);
    requeue.addEventListener('click', () => void this.#requeue(orderId, requeue));
    return h(
      'li',
      {},
      requeue,
      h('code', {}, orderId),
      h('span', {}, printable(`${customer}: ${counted(attempts, 'attempt')}, ${error}`)),
      traceId ? traceLink(traceId, `trace ${shortId(traceId)}`) : undefined,
    );
  }

  async #requeue(orderId: string, button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      const path = `/api/dead-letters/${orderId}/retry`;
      const { traceId } = await ask<RequeuedView>(path, 'POST', {});
      const said = `Order ${orderId} waits again. `;
      this.#state.replaceChildren(said, ...(traceId ? [traceLink(traceId, 'Show its new trace')] : []));
      button.closest('li')?.remove();
      this.#onDone();
    } catch (error) {
      button.disabled = false;
      this.#state.textContent = messageOf(error);
    }
  }
}
