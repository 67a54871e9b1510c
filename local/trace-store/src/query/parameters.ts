import type { Request } from 'express';
import { ApiError } from './api-error.ts';

/** Older names that Jaeger still takes beside the one that its snake_case makes. */
const FORMER: Record<string, string> = { 'query.searchDepth': 'query.num_traces' };

/** Reads the parameters of a request by the names that Jaeger has since 2.20, and by those before. */
export class Parameters {
  readonly #query: Request['query'];

  constructor({ query }: Pick<Request, 'query'>) {
    this.#query = query;
  }

  /** The parameter's first value, empty when it is absent. */
  text(name: string): string {
    return this.#find(name).value;
  }

  /** Parses the value, or gives what counts when it is absent. Throws an {@link ApiError} that names the parameter as it was written. */
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

/** Runs a parameter's parser and names the parameter where it throws. */
export function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ApiError(400, `malformed parameter ${name}: ${reason}`, { cause });
  }
}
