import { printable } from '../../draw/text.ts';
import { isNoId } from '../../read/ids.ts';
import type { HopEnd } from '../finding.ts';
import { spanKinds, type SpanKind } from '../../tree/span.ts';
import type { Fields } from './attributes.ts';
import { bytes, doubles, integers, SparseRecords, unsigned } from './columns.ts';
import {
  kubernetesFacts,
  kubernetesFields,
  messageFacts,
  messageFields,
  requestFacts,
  requestFields,
} from './facts.ts';
import { readSpanId, readTraceId, spanIdText } from './ids.ts';
import { Interner } from './interner.ts';
import { toResource, type Resource } from './resource.ts';

/** The kinds by their number in OTLP. */
export const KIND = { INTERNAL: 1, SERVER: 2, CLIENT: 3, PRODUCER: 4, CONSUMER: 5 } as const;

/** A span as a reader passes it on, with ids as they were written. */
export interface RawSpan {
  traceId: unknown;
  spanId: unknown;
  parentSpanId: unknown;
  name: string;
  /** The number of the kind in OTLP. */
  kind: number;
  /** Milliseconds since 1970, with a fraction. */
  startMs: number;
  endMs: number;
  isError: boolean;
  /** OTLP's `flags`: 8 bits of W3C's trace flags, and whether the parent is remote. */
  flags: number;
  links: readonly RawLink[];
}

export interface RawLink {
  traceId: unknown;
  spanId: unknown;
  flags: number;
}

/** The target of a link. */
export interface Link {
  /** The number of the linked trace, of which the store may have no span. */
  trace: number;
  high: number;
  low: number;
  flags: number;
}

/** Spans in columns, with only the fields that rules need. A million spans fit into a few hundred megabytes. */
export class SpanStore {
  readonly texts = new Interner();
  readonly traces = new Interner();
  readonly messages = new SparseRecords(messageFields);
  readonly requests = new SparseRecords(requestFields);
  readonly kubernetes = new SparseRecords(kubernetesFields);
  readonly databaseCalls = new Set<number>();
  /** Ids of traces that were not requested, or that a server failed to return. Their content is unknown. */
  readonly unread = new Set<string>();
  /** Spans that are the invocation of a function, whatever triggered it. */
  readonly invocations = new Set<number>();
  readonly resources: Resource[] = [];

  readonly trace = integers();
  readonly high = unsigned();
  readonly low = unsigned();
  readonly parentHigh = unsigned();
  readonly parentLow = unsigned();
  readonly kind = bytes();
  readonly error = bytes();
  readonly name = integers();
  readonly resource = integers();
  readonly start = doubles();
  readonly end = doubles();
  readonly flags = integers();

  readonly byStart = (a: number, b: number): number => this.start.at(a) - this.start.at(b);

  readonly #linkStart = integers();
  readonly #linkTrace = integers();
  readonly #linkHigh = unsigned();
  readonly #linkLow = unsigned();
  readonly #linkFlags = integers();
  readonly #resourceNumbers = new Map<string, number>();

  get size(): number {
    return this.trace.length;
  }

  /** Returns the number of a resource. Equal resources have the same number. */
  resourceNumber(fields: Fields): number {
    const key = JSON.stringify(fields);
    const known = this.#resourceNumbers.get(key);
    if (known !== undefined) return known;
    this.#resourceNumbers.set(key, this.resources.length);
    return this.resources.push(toResource(fields)) - 1;
  }

  /** Adds a span. If the span is invalid, returns the problem instead. */
  add(span: RawSpan, resource: number, fields: Fields): string | undefined {
    const traceId = readTraceId(span.traceId);
    if (traceId === undefined)
      return `a span with the trace id ${shown(span.traceId)}. Expected 32 hex digits, not all zeros.`;
    const id = readSpanId(span.spanId);
    if (!id) return `a span with the id ${shown(span.spanId)}. Expected 16 hex digits, not all zeros.`;
    const parent = readSpanId(span.parentSpanId);
    if (!parent && !isNoId(span.parentSpanId))
      return `a span with the parent ${shown(span.parentSpanId)}. Expected 16 hex digits, or none.`;
    const index = this.size;
    this.trace.push(this.traces.number(traceId));
    this.high.push(id.high);
    this.low.push(id.low);
    this.parentHigh.push(parent?.high ?? 0);
    this.parentLow.push(parent?.low ?? 0);
    this.kind.push(span.kind);
    this.error.push(span.isError ? 1 : 0);
    this.name.push(this.texts.number(span.name));
    this.resource.push(resource);
    this.start.push(span.startMs);
    this.end.push(span.endMs);
    this.flags.push(span.flags);
    this.#linkStart.push(this.#linkTrace.length);
    for (const link of span.links) this.#pushLink(link);
    this.#pushFacts(index, span, fields);
    return undefined;
  }

  /** Skips links without valid ids, which Jaeger's raw responses contain but its default responses don't. */
  #pushLink({ traceId, spanId, flags }: RawLink): void {
    const trace = readTraceId(traceId);
    const id = readSpanId(spanId);
    if (trace === undefined || !id) return;
    this.#linkTrace.push(this.traces.number(trace));
    this.#linkHigh.push(id.high);
    this.#linkLow.push(id.low);
    this.#linkFlags.push(flags);
  }

  #pushFacts(index: number, { kind, name }: RawSpan, fields: Fields): void {
    if (fields.dbSystem !== undefined) this.databaseCalls.add(index);
    if (fields.invocation !== undefined) this.invocations.add(index);
    const message = messageFacts(fields, kind, name, this.texts);
    if (message) this.messages.set(index, message);
    // A SERVER is matched by its request only if it has no parent.
    const isEnd = kind === KIND.CLIENT || (kind === KIND.SERVER && !this.hasParent(index));
    const request = isEnd ? requestFacts(fields, this.texts) : undefined;
    if (request) this.requests.set(index, request);
    const kubernetes = kubernetesFacts(fields, this.texts);
    if (kubernetes) this.kubernetes.set(index, kubernetes);
  }

  /** Marks the store as complete, and frees the memory that only new spans need. */
  seal(): void {
    this.texts.seal();
    this.traces.seal();
  }

  hasParent(index: number): boolean {
    return this.parentHigh.at(index) !== 0 || this.parentLow.at(index) !== 0;
  }

  hasLinks(index: number): boolean {
    return this.#linkStart.at(index) < this.#linkEnd(index);
  }

  *linksOf(index: number): Generator<Link> {
    for (let at = this.#linkStart.at(index); at < this.#linkEnd(index); at++) {
      yield {
        trace: this.#linkTrace.at(at),
        high: this.#linkHigh.at(at),
        low: this.#linkLow.at(at),
        flags: this.#linkFlags.at(at),
      };
    }
  }

  #linkEnd(index: number): number {
    return index + 1 < this.size ? this.#linkStart.at(index + 1) : this.#linkTrace.length;
  }

  resourceOf(index: number): Resource {
    const resource = this.resources[this.resource.at(index)];
    if (!resource) throw new RangeError(`Failed to look up the resource of span ${index}: there is none.`);
    return resource;
  }

  serviceOf(index: number): string {
    return this.resourceOf(index).service;
  }

  nameOf(index: number): string {
    return this.texts.text(this.name.at(index));
  }

  kindOf(index: number): SpanKind {
    return spanKinds[this.kind.at(index)] ?? 'UNSPECIFIED';
  }

  /** Returns the label of a span, such as `writer PRODUCER send x`, safe to show. */
  labelOf(index: number): string {
    return printable(`${this.serviceOf(index)} ${this.kindOf(index)} ${this.nameOf(index)}`);
  }

  endOf(index: number): HopEnd {
    return {
      service: this.serviceOf(index),
      kind: this.kindOf(index),
      name: this.nameOf(index),
      traceId: this.traceIdOf(index),
      spanId: this.spanIdOf(index),
    };
  }

  traceIdOf(index: number): string {
    return this.traces.text(this.trace.at(index));
  }

  spanIdOf(index: number): string {
    return spanIdText(this.high.at(index), this.low.at(index));
  }

  parentIdOf(index: number): string {
    return spanIdText(this.parentHigh.at(index), this.parentLow.at(index));
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 60);
}
