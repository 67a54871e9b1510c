import { sortDrawings } from './drawing.ts';

/**
 * Makes the outputs of two runs comparable. Replaces ids by names in order of appearance, so that equal ids stay equal within a page.
 * Removes times, durations, bars, and column widths.
 */
export class Normaliser {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** Returns a copy that knows the same ids, and that can be discarded. */
  fork(): Normaliser {
    const copy = new Normaliser();
    for (const [id, name] of this.#names) copy.#names.set(id, name);
    for (const [kind, count] of this.#counts) copy.#counts.set(kind, count);
    return copy;
  }

  normalise(output: string): string {
    return sortDrawings(output)
      .replaceAll(/[█░▏]+/g, ' ')
      .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (id) => this.#name('uid', id))
      .replaceAll(/\b[0-9a-f]{32}\b/g, (id) => this.#name('trace', id))
      .replaceAll(/\b[0-9a-f]{24}\b/g, (id) => this.#name('order', id))
      .replaceAll(/\b[0-9a-f]{16}\b/g, (id) => this.#name('span', id))
      .replaceAll(/\b([0-9a-f]{8})\/[0-9a-f]{8}\b/g, (_, start: string) => `${this.#traceOf(start)}/<span>`)
      .replaceAll(/\bin trace ([0-9a-f]{8})\b/g, (_, start: string) => `in ${this.#traceOf(start)}`)
      .replaceAll(/(report-<order \d+>)-[a-z0-9]{5}\b/g, '$1-<pod>')
      .replaceAll(/(?:[≈<] )?(?:\b\d+(\.\d+)? ?(µs|ms|s)\b|\b\d+m \d\ds\b)/g, '<duration>')
      .replaceAll(/(?<=\s)\d+[smh](\d+[smh])?(?=\s|$)/g, '<duration>')
      .replaceAll(/mongodb:\/\/127\.0\.0\.1:\d+/g, 'mongodb://127.0.0.1:<port>')
      .replaceAll(/(?<=\S)[ \t]+/g, ' ')
      .replaceAll(/[ \t]+$/gm, '')
      .trimEnd();
  }

  #name(kind: string, id: string): string {
    const known = this.#names.get(id);
    if (known) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    this.#names.set(id, `<${kind} ${count}>`);
    return `<${kind} ${count}>`;
  }

  /** Finds the name of a trace by the eight digits of its id that a drawing shows. */
  #traceOf(start: string): string {
    return [...this.#names].find(([id]) => id.length === 32 && id.startsWith(start))?.[1] ?? '<trace>';
  }
}
