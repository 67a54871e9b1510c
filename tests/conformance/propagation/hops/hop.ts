import type { Carrier } from '@beyond-headers/propagation';
import type { Context } from '@opentelemetry/api';
import type { ServerName } from '../../../support/servers.ts';

/** A field as a foreign sender might write it: any name, any value, more than once. */
export type Line = readonly [name: string, value: unknown];

/** Extracts the context that arrived, with the getter of the receiving side. */
export type Arrival = () => Context;

/** A way from one process to another: a carrier on the sending side, and a real transport to the receiving one. */
export interface Hop<C = unknown> {
  readonly carrier: Carrier<C>;
  create(): C;
  /** Writes lines as they are, without the checks of the setter. */
  write(carrier: C, lines: readonly Line[]): void;
  /** Writes a traceparent under a name in the wrong case. Undefined if the medium ignores the case of names. */
  writeMiscased?(carrier: C, value: string): void;
  /** Sends all carriers. Resolves with the arrival of each, in order. */
  carry(carriers: C[]): Promise<Arrival[]>;
  close?(): Promise<unknown>;
}

/** How to open a hop. The suites use every `opening` that a file in this folder exports. */
export interface Opening<C = unknown> {
  name: string;
  /** The server that the hop needs. On a machine without it, the hop is left out. */
  needs?: ServerName;
  open: () => Promise<Hop<C>>;
}

/**
 * Combines lines into one value for each field, for media that hold a name only once. Joins repeated lines with commas, as HTTP defines it,
 * and lowercases names. https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 */
export function combine(lines: readonly Line[]): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of lines) {
    const field = name.toLowerCase();
    fields.set(field, fields.has(field) ? `${asText(fields.get(field))},${asText(value)}` : value);
  }
  return fields;
}

/** Returns the value as a text medium holds it. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Returns the sending side of a medium that holds an object: a document, or headers. Names have a prefix. */
export function objectWith<V>(valueOf: (value: unknown) => V, prefix = '') {
  return {
    create: (): Record<string, V> => ({}),
    write(object: object, lines: readonly Line[]): void {
      for (const [field, value] of combine(lines)) defineOwn(object, prefix + field, valueOf(value));
    },
    writeMiscased: (object: object, value: string): void => defineOwn(object, `${prefix}Traceparent`, value),
  };
}

/** The sending side of a medium that holds an object with values of all types. */
export const anyObject = objectWith((value) => value);

/** Defines a property as a JSON or BSON parser does. An assignment to `__proto__` would set the prototype instead. */
function defineOwn(object: object, field: string, value: unknown): void {
  Object.defineProperty(object, field, { value, enumerable: true, writable: true, configurable: true });
}

/** Sends carriers one after the other. Resolves with the arrival of each. */
export async function inTurn<C, A>(
  carriers: C[],
  send: (carrier: C) => Promise<A>,
  extract: (arrived: A) => Context,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for (const carrier of carriers) {
    const arrived = await send(carrier);
    arrivals.push(() => extract(arrived));
  }
  return arrivals;
}
