import { h } from '../dom.ts';
import { ask, messageOf } from '../ask.ts';

/** Pauses the poller, and lets it claim orders again. */
export class PauseButton {
  readonly #button = h('button', { type: 'button', class: 'tool', disabled: true }, 'Pause the poller');
  readonly #state = h('span', { class: 'q-state', role: 'status' });
  readonly element = h('span', { class: 'q-pause' }, this.#button, this.#state);
  #isPaused = false;

  /** @param onDone called when the poller has taken it */
  constructor(onDone: () => void) {
    this.#button.addEventListener('click', () => void this.#toggle(onDone));
  }

  show(isPaused: boolean | undefined): void {
    if (isPaused === undefined) return;
    this.#button.disabled = false;
    this.#isPaused = isPaused;
    this.#button.textContent = isPaused ? 'Resume the poller' : 'Pause the poller';
    const state = isPaused ? 'Paused: orders wait, and those in hand end as usual.' : '';
    if (this.#state.textContent !== state) this.#state.textContent = state;
  }

  async #toggle(onDone: () => void): Promise<void> {
    const wanted = !this.#isPaused;
    this.#button.disabled = true;
    try {
      await ask(wanted ? '/api/queue/pause' : '/api/queue/resume', 'POST');
      this.show(wanted);
      onDone();
    } catch (error) {
      this.#button.disabled = false;
      this.#state.textContent = messageOf(error);
    }
  }
}
