import { counted } from '@beyond-headers/traces/draw';
import type { LoadDot, LoadView } from '../../queue/load-view.ts';
import { LOAD_LIMITS } from '../../view/queue.ts';
import { h } from '../dom.ts';
import { ask, messageOf } from '../ask.ts';
import { LatencyPlot } from './latency-plot.ts';
import { StatusLine } from './status-line.ts';

/** Places orders at a rate, and plots how long each of them took. */
export class LoadPanel {
  readonly #perSecond = number('q-rate', 'Orders a second', 5, LOAD_LIMITS.perSecond);
  readonly #seconds = number('q-seconds', 'Seconds', 10, LOAD_LIMITS.seconds);
  readonly #start = h('button', { type: 'submit', class: 'tool' }, 'Start');
  readonly #stop = h('button', { type: 'button', class: 'tool', disabled: true }, 'Stop');
  readonly #state = new StatusLine('p', 'q-note');
  readonly #plot = new LatencyPlot();
  readonly #form = h(
    'form',
    { class: 'q-load' },
    this.#perSecond.element,
    this.#seconds.element,
    this.#start,
    this.#stop,
  );
  readonly element = h(
    'section',
    { class: 'q-panel' },
    h('h3', {}, 'Load'),
    this.#form,
    this.#state.element,
    this.#plot.element,
  );
  #id = '';
  #dots: LoadDot[] = [];
  #isAsking = false;

  constructor() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#begin();
    });
    this.#stop.addEventListener('click', () => void this.#end());
  }

  /** Reads the state of the newest load, which another page may have started. */
  look(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    void this.#look().finally(() => (this.#isAsking = false));
  }

  async #look(): Promise<void> {
    try {
      const { load } = await ask<{ load?: LoadView }>(`/api/load?after=${this.#dots.length}`);
      if (load) this.#show(load);
      else this.#reset();
    } catch (error) {
      this.#state.show(messageOf(error));
    }
  }

  async #begin(): Promise<void> {
    const settings = {
      perSecond: this.#perSecond.input.valueAsNumber,
      seconds: this.#seconds.input.valueAsNumber,
    };
    await this.#state.during(async () => {
      this.#show(await ask<LoadView>('/api/load', 'POST', settings));
      this.look();
    });
  }

  async #end(): Promise<void> {
    await this.#state.during(async () => {
      await ask('/api/load', 'DELETE');
      this.look();
    });
  }

  #show(load: LoadView): void {
    const { id, isPlacing, dots, settings } = load;
    if (id === this.#id) this.#dots.push(...dots);
    // The request left out as many dots as the previous load had, so dots of this load may be missing. The next request asks for
    // all dots.
    else this.#dots = this.#dots.length > 0 ? [] : [...dots];
    this.#id = id;
    this.#offer(isPlacing ? this.#stop : this.#start);
    this.#state.show(this.#textOf(load));
    this.#plot.show(this.#dots, settings.seconds);
  }

  /** Shows that there is no load. A server that has restarted doesn't know the earlier one. */
  #reset(): void {
    this.#id = '';
    this.#dots = [];
    this.#offer(this.#start);
    this.#state.show('');
    this.#plot.show([], 0);
  }

  /** Enables one of the two buttons, and disables the other. The enabled one takes over the focus. */
  #offer(button: HTMLButtonElement): void {
    const other = button === this.#start ? this.#stop : this.#start;
    const hadFocus = document.activeElement === other;
    button.disabled = false;
    other.disabled = true;
    if (hadFocus) button.focus({ preventScroll: true });
  }

  #textOf({ isPlacing, placed, refused, problem }: LoadView): string {
    const ended = this.#dots.length;
    return [
      `${isPlacing ? 'Placing orders' : 'All orders are placed'}: ${placed} taken, ${ended} ended.`,
      refused > 0 ? `${counted(refused, 'order')} not taken: ${problem ?? ''}` : '',
    ]
      .join(' ')
      .trim();
  }
}

function number(id: string, label: string, value: number, max: number) {
  const input = h('input', { id, type: 'number', min: 1, max, value, required: true });
  return { input, element: h('p', { class: 'field' }, h('label', { for: id }, label), input) };
}
