import type { Request } from 'express';
import { HttpError } from '../http-error.ts';

/** Older names that Jaeger still accepts, in addition to the name in snake_case. */
const FORMER: Record<string, string> = { 'query.searchDepth': 'query.num_traces' };

/** Reads the parameters of a request by their names since Jaeger 2.20, and by the earlier names. */
export class Parameters {
  readonly #query: Request['query'];

  constructor({ query }: Pick<Request, 'query'>) {
    this.#query = query;
  }

  /** Returns the parameter's first value, or an empty string if it is absent. */
  text(name: string): string {
    return this.#find(name).value;
  }

  /**
   * Parses the value, or returns `absent` if there is none. Throws an {@link HttpError} with the name that the caller used for the
   * parameter.
   */
  read<T>(name: string, parse: (value: string) => T, absent: T): T {
    const found = this.#find(name);
    return found.value === '' ? absent : parsed(found.name, () => parse(found.value));
  }

  #find(name: string): { name: string; value: string } {
    const names = [name, toSnakeCase(name), FORMER[name] ?? name];
    const used = names.find((each) => this.#first(each) !== '') ?? name;
    return { name: used, value: this.#first(used) };
  }

  #first(name: string): string {
    const value = [this.#query[name]].flat()[0];
    return typeof value === 'string' ? value : '';
  }
}

const toSnakeCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Runs a parameter's parser, and adds the parameter's name to its error. */
export function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HttpError(400, `malformed parameter ${name}: ${reason}`, { cause });
  }
}
