import type { Carrier } from '@beyond-headers/propagation';
import type { Context } from '@opentelemetry/api';
import type { ServerName } from '../../../support/servers.ts';

/** A field as a foreign sender might write it: any name, any value, more than once. */
export type Line = readonly [name: string, value: unknown];

/** Reads what arrived, with the getter of the receiving side. */
export type Arrival = () => Context;

/** A way from one process to another: a carrier on the sending side, and a real transport to the receiving one. */
export interface Hop<C = unknown> {
  readonly name: string;
  readonly carrier: Carrier<C>;
  create(): C;
  /** Writes lines as they are, past the checks of the setter. */
  write(carrier: C, lines: readonly Line[]): void;
  /** Writes a traceparent under a name in the wrong case; left out where the case of names does not matter. */
  writeMiscased?(carrier: C, value: string): void;
  /** Sends all carriers, and gives for each how to read what arrived, in order. */
  carry(carriers: C[]): Promise<Arrival[]>;
  close(): Promise<void>;
}

/** How a hop is opened. The table runs over each that a file of this folder exports as `opening`. */
export interface Opening {
  name: string;
  /** On a machine without it, the hop is left out. */
  needs?: ServerName;
  open: () => Promise<Hop>;
}

/**
 * Makes one value of each field, as media do that hold a name once: repeated lines are joined by commas, as HTTP defines it,
 * and names are lower case. https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 */
export function combine(lines: readonly Line[]): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of lines) {
    const field = name.toLowerCase();
    fields.set(field, fields.has(field) ? `${asText(fields.get(field))},${asText(value)}` : value);
  }
  return fields;
}

/** The value as a medium of text holds it. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Makes a property as a parser of JSON or BSON does: an assignment to `__proto__` would set the prototype instead. */
export function defineOwn(document: object, field: string, value: unknown): void {
  Object.defineProperty(document, field, { value, enumerable: true, writable: true, configurable: true });
}
