import { counted, printable, shortId } from '@beyond-headers/traces/draw';
import type { DeadLetterView, RequeuedView } from '../../view/queue.ts';
import { h } from '../dom.ts';
import { ask, messageOf } from '../ask.ts';
import { whileDisabled } from './while-disabled.ts';
import { traceLink } from './open-run.ts';
import { StatusLine } from './status-line.ts';

const SHOWN = 10;

/** Dead letters, each with its trace and a button that puts the order back into the queue. */
export class DeadLetters {
  readonly #list = h('ol', { class: 'q-letters' });
  readonly #state = new StatusLine('p', 'q-note');
  readonly element = h(
    'section',
    { class: 'q-panel' },
    h('h3', {}, 'Dead letters'),
    this.#list,
    this.#state.element,
  );
  readonly #onDone: () => void;
  #failed = -1;
  #reads = 0;

  constructor(onDone: () => void) {
    this.#onDone = onDone;
    this.#state.show('None.');
  }

  /** Reads the dead letters again if their number has changed. */
  show(failed: number): void {
    if (failed === this.#failed) return;
    this.#failed = failed;
    void this.#read();
  }

  async #read(): Promise<void> {
    const read = ++this.#reads;
    try {
      const path = `/api/dead-letters?limit=${SHOWN}`;
      const { deadLetters } = await ask<{ deadLetters: DeadLetterView[] }>(path);
      if (read === this.#reads) this.#draw(deadLetters);
    } catch (error) {
      // Makes the next `show` read them again.
      this.#failed = -1;
      this.#state.show(messageOf(error));
    }
  }

  /** Redraws the list. The focus stays on the button of the same dead letter if it is still in the list. */
  #draw(letters: readonly DeadLetterView[]): void {
    const at = this.#buttons().findIndex((button) => button === document.activeElement);
    const label = this.#buttons()[at]?.ariaLabel;
    this.#list.replaceChildren(...letters.map((letter) => this.#entry(letter)));
    this.#state.show(letters.length === 0 ? 'None.' : '');
    if (at < 0) return;
    const same = this.#buttons().find((button) => button.ariaLabel === label);
    if (same) same.focus({ preventScroll: true });
    else this.#focus(at);
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.#list.querySelectorAll('button')];
  }

  /** Focuses the button at an index, or else the last button, or else the status line. */
  #focus(at: number): void {
    const buttons = this.#buttons();
    (buttons[at] ?? buttons.at(-1) ?? this.#state.element).focus({ preventScroll: true });
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
    const hadFocus = document.activeElement === button;
    const act = async () => {
      const path = `/api/dead-letters/${encodeURIComponent(orderId)}/retry`;
      const { traceId } = await ask<RequeuedView>(path, 'POST', {});
      const link = traceId ? [traceLink(traceId, 'Show its new trace')] : [];
      this.#state.keep(`Order ${orderId} waits again. `, ...link);
      this.#remove(button, hadFocus);
      // If another order failed meanwhile, the number is the same, and `show` would not read the list.
      void this.#read();
      this.#onDone();
    };
    await whileDisabled(button, () => this.#state.during(act));
  }

  #remove(button: HTMLButtonElement, hadFocus: boolean): void {
    const at = this.#buttons().indexOf(button);
    button.closest('li')?.remove();
    if (hadFocus) this.#focus(at);
  }
}
