import { AnswerError, get, type Access } from './http.ts';
import type { Sink } from './input.ts';
import { readJson } from './json-lines.ts';

/** After so many failed responses in a row, the next ones are unlikely to be better. */
const MAX_WRONG = 5;
/** If a server responds with one of these, it does so to every request. */
const final = new Set([401, 403, 429]);

/** Reports whether a response other than 200 means that nothing was found. */
type IsNothing = (error: AnswerError) => boolean;

/** Reads the responses of a server one after another. Records a failed response and goes on, but gives up after too many in a row. */
export class Answers {
  readonly #sink: Sink;
  readonly #access: Access;
  #wrong = 0;

  constructor(sink: Sink, access: Access) {
    this.#sink = sink;
    this.#access = access;
  }

  /** Reads a response. Returns whether it was read to its end. */
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

  /** Reads traces. Returns how many were read. The ids of the others remain in the store's `unread`. */
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
