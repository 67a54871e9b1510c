import {
  ATTRIBUTES,
  INSTRUMENTED_ATTRIBUTES,
  INSTRUMENTED_SPANS,
  SPANS,
  type AttributeDeclaration,
  type AttributeKey,
  type InstrumentedSpans,
  type SpanDeclaration,
} from '@beyond-headers/contracts/telemetry';
import { serverSpans } from '../../../scripts/reference/telemetry/server-spans.ts';

/** The attributes, events, and links that one kind of span may have. */
export interface DeclaredSpan {
  /** `writer PRODUCER send orders` */
  label: string;
  always: ReadonlySet<string>;
  /** Attributes on at least one span of the workload. */
  sometimes: ReadonlySet<string>;
  /** Attributes that never occur on a local system. */
  elsewhere: ReadonlySet<string>;
  /** Attributes of instrumentations. They depend on the call, so the workload may or may not have them. */
  possibly: ReadonlySet<string>;
  events: ReadonlySet<string>;
  mayLink: boolean;
}

const nameOf = (key: string): string => ATTRIBUTES[key as AttributeKey].name;

function own(span: SpanDeclaration): DeclaredSpan[] {
  return span.services.map((service) => ({
    label: `${service} ${span.kind} ${span.name}`,
    always: new Set(span.always.map(nameOf)),
    sometimes: new Set(Object.keys(span.sometimes ?? {}).map(nameOf)),
    elsewhere: new Set(Object.keys(span.elsewhere ?? {}).map(nameOf)),
    possibly: new Set(),
    events: new Set(span.events),
    mayLink: span.links !== undefined,
  }));
}

function instrumented({ kind, spans, always, sometimes = {} }: InstrumentedSpans): DeclaredSpan[] {
  return spans.map(({ service, name }) => ({
    label: `${service} ${kind} ${name}`,
    always: new Set(always),
    sometimes: new Set(),
    elsewhere: new Set(),
    possibly: new Set(Object.keys(sometimes)),
    events: new Set(),
    mayLink: false,
  }));
}

/** All kinds of spans that the system may create. */
export const DECLARED_SPANS: readonly DeclaredSpan[] = [
  ...Object.values<SpanDeclaration>(SPANS).flatMap(own),
  ...[serverSpans(), ...INSTRUMENTED_SPANS].flatMap(instrumented),
];

export const DECLARED_ATTRIBUTES: ReadonlyMap<string, AttributeDeclaration> = new Map(
  [...Object.values<AttributeDeclaration>(ATTRIBUTES), ...INSTRUMENTED_ATTRIBUTES].map((one) => [
    one.name,
    one,
  ]),
);
