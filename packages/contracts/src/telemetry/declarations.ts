/** A value as it goes out over OTLP. */
export type DeclaredType = 'string' | 'int' | 'boolean';

/** One attribute: what docs/reference/spans-and-attributes.md shows, and what a test holds a running system to. */
export interface AttributeDeclaration {
  name: string;
  type: DeclaredType;
  /** What it says, in a sentence. */
  brief: string;
  example: string | number | boolean;
  /** Of OpenTelemetry's semantic conventions; an attribute of our own has none. */
  stability?: 'stable' | 'development';
}

export type SpanKindName = 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER';

/** One span of our own. Attributes are named by their keys in `ATTRIBUTES`. */
export interface SpanDeclaration<Key extends string = string> {
  name: string;
  kind: SpanKindName;
  /** The services that make it. */
  services: readonly string[];
  /** What the span's time is. */
  brief: string;
  /** The span's parent; a list if it differs by case. */
  parent: string | readonly string[];
  /** What the span links to; without it, nothing. */
  links?: string | readonly string[];
  events?: readonly string[];
  /** On every such span. */
  always: readonly Key[];
  /** On some, and when. */
  sometimes?: Partial<Record<Key, string>>;
  /** On some, when, and the test that shows it: the scenarios on a local system do not. */
  elsewhere?: Partial<Record<Key, readonly [when: string, test: string]>>;
}

/** One span that an instrumentation makes, by the service that makes the call. */
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
  stability?: 'stable' | 'development';
}

/** The names alone, as the code writes them. */
export function namesOf<D extends Record<string, { readonly name: string }>>(
  declarations: D,
): { readonly [K in keyof D]: D[K]['name'] } {
  const names = Object.entries(declarations).map(([key, { name }]) => [key, name]);
  return Object.fromEntries(names) as { [K in keyof D]: D[K]['name'] };
}
