import { messageOf } from '../ask.ts';
import { h } from '../dom.ts';

/**
 * A line that a screen reader announces when it changes. It is written only if the text differs, because every write is
 * announced. The outcome of an action stays until the next action, even if the state changes.
 */
export class StatusLine {
  readonly element: HTMLElement;
  #text = '';
  #isKept = false;

  constructor(tag: 'p' | 'span', className: string) {
    // Can take the focus if no other element is left to take it.
    this.element = h(tag, { class: className, role: 'status', tabindex: -1 });
  }

  /** Shows the current state, unless the outcome of an action is shown. */
  show(text: string): void {
    this.#text = text;
    if (!this.#isKept && this.element.textContent !== text) this.element.textContent = text;
  }

  /** Shows the outcome of an action. */
  keep(...outcome: (Node | string)[]): void {
    this.#isKept = true;
    this.element.replaceChildren(...outcome);
  }

  /** Runs an action. Removes the outcome of the last one, and shows why this one failed if it does. */
  async during(action: () => Promise<void>): Promise<void> {
    this.#isKept = false;
    this.show(this.#text);
    try {
      await action();
    } catch (error) {
      this.keep(messageOf(error));
    }
  }
}
