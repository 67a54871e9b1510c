import type { Acted, QueueSample } from '../../queue/queue-sample.ts';
import { h } from '../dom.ts';
import { ask } from '../ask.ts';
import { whileDisabled } from './while-disabled.ts';
import { StatusLine } from './status-line.ts';

/** Pauses the poller, and lets it claim orders again. */
export class PauseButton {
  readonly #button = h('button', { type: 'button', class: 'tool', disabled: true }, 'Pause the poller');
  readonly #state = new StatusLine('span', 'q-state');
  readonly element = h('span', { class: 'q-pause' }, this.#button, this.#state.element);
  #isPaused = false;
  #isAsking = false;
  /** When the poller took the last click, by the server's clock. An earlier sample doesn't show it. */
  #actedAtMs = 0;

  /** @param onDone called when the request has ended, even if it failed */
  constructor(onDone: () => void) {
    this.#button.addEventListener('click', () => void this.#toggle(onDone));
  }

  show(sample: Pick<QueueSample, 'atMs' | 'isPaused'> | undefined): void {
    if (!sample || this.#isAsking || sample.atMs <= this.#actedAtMs) return;
    this.#button.disabled = false;
    this.#draw(sample.isPaused);
  }

  #draw(isPaused: boolean): void {
    this.#isPaused = isPaused;
    const label = isPaused ? 'Resume the poller' : 'Pause the poller';
    if (this.#button.textContent !== label) this.#button.textContent = label;
    this.#state.show(isPaused ? 'Paused: orders wait, and those in hand end as usual.' : '');
  }

  async #toggle(onDone: () => void): Promise<void> {
    const wanted = !this.#isPaused;
    this.#isAsking = true;
    const act = async () => {
      const path = wanted ? '/api/queue/pause' : '/api/queue/resume';
      this.#actedAtMs = (await ask<Acted>(path, 'POST')).atMs;
      this.#draw(wanted);
    };
    await whileDisabled(this.#button, () => this.#state.during(act));
    this.#isAsking = false;
    onDone();
  }
}
