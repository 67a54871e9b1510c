import type { TraceState } from '@opentelemetry/api';
import { MAX_TRACESTATE_BYTES } from '../limits.ts';
import { trimOptionalWhitespace } from '../optional-whitespace.ts';

/** The maximum number of members in a `tracestate`. https://www.w3.org/TR/trace-context-2/#tracestate-header-field-values */
export const MAX_TRACESTATE_MEMBERS = 32;

// The key grammar of level 2, which allows `@` anywhere but first. https://www.w3.org/TR/trace-context-2/#key
const KEY = /^[a-z\d][a-z\d_\-*/@]{0,255}$/;
// Printable ASCII without comma and equals sign, not ending in a space. https://www.w3.org/TR/trace-context-2/#value
const VALUE = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** An immutable `tracestate` that follows W3C strictly: a single invalid member makes the whole list invalid. */
export class StrictTraceState implements TraceState {
  readonly #members: ReadonlyMap<string, string>;

  constructor(members: ReadonlyMap<string, string> = new Map()) {
    this.#members = members;
  }

  /**
   * Returns a list with the member in front, because it is the newest. Drops the last member if there are too many. Ignores an
   * invalid member.
   */
  set(key: string, value: string): StrictTraceState {
    if (!KEY.test(key) || !VALUE.test(value)) return this;
    const others = [...this.#members].filter(([name]) => name !== key);
    return new StrictTraceState(new Map([[key, value] as const, ...others].slice(0, MAX_TRACESTATE_MEMBERS)));
  }

  unset(key: string): StrictTraceState {
    return new StrictTraceState(new Map([...this.#members].filter(([name]) => name !== key)));
  }

  get(key: string): string | undefined {
    return this.#members.get(key);
  }

  serialize(): string {
    return [...this.#members].map(([key, value]) => `${key}=${value}`).join(',');
  }
}

/**
 * Reads a `tracestate`, or returns `undefined` if it is empty or if any part is invalid. If a key is repeated, keeps the first
 * member, which is the newest. Source: https://www.w3.org/TR/trace-context-2/#tracestate-header
 */
export function parseTraceState(header: string): StrictTraceState | undefined {
  if (header.length > MAX_TRACESTATE_BYTES) return undefined;
  const members = new Map<string, string>();
  let count = 0;
  for (const part of header.split(',')) {
    const member = trimOptionalWhitespace(part);
    if (member === '') continue;
    const [key, value] = splitMember(member);
    if (++count > MAX_TRACESTATE_MEMBERS || !KEY.test(key) || !VALUE.test(value)) return undefined;
    if (!members.has(key)) members.set(key, value);
  }
  return members.size > 0 ? new StrictTraceState(members) : undefined;
}

function splitMember(member: string): [key: string, value: string] {
  const at = member.indexOf('=');
  return at === -1 ? [member, ''] : [member.slice(0, at), member.slice(at + 1)];
}
