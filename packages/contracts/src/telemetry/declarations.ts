/** An attribute. docs/reference/spans-and-attributes.md shows it, and a test compares it with a running system. */
export interface AttributeDeclaration {
  name: string;
  /** The meaning, in a sentence. */
  brief: string;
  /** A value. Its type is the type of the attribute. */
  example: string | number | boolean;
}

export type SpanKindName = 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER';

/** One of our own spans. It names attributes by their keys in `ATTRIBUTES`. */
export interface SpanDeclaration<Key extends string = string> {
  name: string;
  kind: SpanKindName;
  /** The services that create it. */
  services: readonly string[];
  /** What the span's duration covers. */
  brief: string;
  /** The span's parent; a list if it differs by case. */
  parent: string | readonly string[];
  /** What the span links to. Absent if it has no links. */
  links?: string | readonly string[];
  events?: readonly string[];
  /** The attributes that every such span has. */
  always: readonly Key[];
  /** The attributes that only some of these spans have, and when. */
  sometimes?: Partial<Record<Key, string>>;
  /** Like `sometimes`, with the test that covers the attribute, because the scenarios on a local system don't. */
  elsewhere?: Partial<Record<Key, readonly [when: string, test: string]>>;
}

/** A span that an instrumentation creates for a call of a service. */
export interface CallDeclaration {
  service: string;
  name: string;
  brief: string;
}

export interface MetricDeclaration {
  name: string;
  instrument: 'counter' | 'updowncounter' | 'histogram' | 'gauge';
  unit: string;
  brief: string;
}

/** Returns the type of an attribute's value in OTLP: `string`, `int`, or `boolean`. */
export const typeOf = (value: unknown): string => (Number.isSafeInteger(value) ? 'int' : typeof value);

/** Returns only the names. */
export function namesOf<D extends Record<string, { readonly name: string }>>(
  declarations: D,
): { readonly [K in keyof D]: D[K]['name'] } {
  const names = Object.entries(declarations).map(([key, { name }]) => [key, name]);
  return Object.fromEntries(names) as { [K in keyof D]: D[K]['name'] };
}
