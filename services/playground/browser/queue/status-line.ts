import { h } from '../dom.ts';

/**
 * A line that a screen reader says when it changes. It is written only when the text differs: whatever replaces it is announced.
 * The outcome of an action is kept until the next one, whatever is known meanwhile.
 */
export class StatusLine {
  readonly element: HTMLElement;
  #text = '';
  #isKept = false;

  constructor(tag: 'p' | 'span', className: string) {
    // Takes the focus where nothing else is left to take it.
    this.element = h(tag, { class: className, role: 'status', tabindex: -1 });
  }

  /** Shows what holds now. */
  show(text: string): void {
    this.#text = text;
    if (!this.#isKept && this.element.textContent !== text) this.element.textContent = text;
  }

  /** Shows how an action ended. */
  keep(...outcome: (Node | string)[]): void {
    this.#isKept = true;
    this.element.replaceChildren(...outcome);
  }

  /** An action starts: the outcome of the last one is over. */
  clear(): void {
    this.#isKept = false;
    this.show(this.#text);
  }
}
