import { AnswerError, get, type Access } from './http.ts';
import type { Sink } from './input.ts';
import { readJson } from './json-lines.ts';

/** In a row: then the next answers would be no better. */
const MAX_WRONG = 5;
/** A server that answers so does it to every request. */
const final = new Set([401, 403, 429]);

/** Whether an answer that is not 200 says that there is nothing. It may throw. */
type IsNothing = (error: AnswerError) => boolean;

/** Reads one answer of a server after another. A wrong one is remembered, and the next is read, but not after too many. */
export class Answers {
  readonly #sink: Sink;
  readonly #access: Access;
  #wrong = 0;

  constructor(sink: Sink, access: Access) {
    this.#sink = sink;
    this.#access = access;
  }

  /** Whether the answer was read to its end. */
  async read(url: string, isNothing: IsNothing = () => false): Promise<boolean> {
    try {
      await readJson(this.#sink, url, await get(url, this.#access));
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error;
      if (!isNothing(error)) {
        this.#note(url, error);
        return false;
      }
    }
    this.#wrong = 0;
    return true;
  }

  #note(url: string, error: AnswerError): void {
    if (final.has(error.status)) throw error;
    if (++this.#wrong >= MAX_WRONG)
      throw new Error(`${error.message} Nothing more was read after ${MAX_WRONG} such answers in a row.`, {
        cause: error,
      });
    this.#sink.problem(url, error.reason);
  }

  /** How many traces were read. What is in the others is not known. */
  async readTraces(
    ids: readonly string[],
    urlOf: (id: string) => string,
    isNothing?: IsNothing,
  ): Promise<number> {
    const { unread } = this.#sink.store;
    for (const id of ids) unread.add(id);
    let read = 0;
    for (const id of ids) {
      if (!(await this.read(urlOf(id), isNothing))) continue;
      unread.delete(id);
      read++;
    }
    return read;
  }
}
