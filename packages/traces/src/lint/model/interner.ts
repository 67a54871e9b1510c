/** Longer texts are cut. The rest says nothing more about a hop, and a million long texts would not fit into memory. */
const MAX_LENGTH = 1_024;

/** Replaces texts with numbers, because a million spans have few different names. 0 is the empty or absent text. */
export class Interner {
  readonly #numbers = new Map<string, number>([['', 0]]);
  readonly #texts = [''];

  get size(): number {
    return this.#texts.length;
  }

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    return text.length > MAX_LENGTH ? this.number(text.slice(0, MAX_LENGTH)) : this.#add(text);
  }

  text(number: number): string {
    return this.#texts[number] ?? '';
  }

  /** Frees the memory that only new texts need. Don't add any after this. */
  seal(): void {
    this.#numbers.clear();
  }

  #add(text: string): number {
    const number = this.#texts.length;
    this.#texts.push(text);
    this.#numbers.set(text, number);
    return number;
  }
}
