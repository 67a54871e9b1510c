import type { SpanShape } from '../tree/span.ts';
import { attemptOf, orderOf } from './demo-attributes.ts';

/** Which spans are attempts at the same work. */
export class Attempts {
  /** The work that was tried more than once. */
  readonly #repeated: ReadonlySet<string>;

  constructor(spans: readonly SpanShape[]) {
    this.#repeated = new Set(spans.filter((span) => (attemptOf(span) ?? 1) > 1).map(workOf));
  }

  /** Which attempt a span is, from 1; undefined where there is but one. */
  numberOf(span: SpanShape): number | undefined {
    return this.#repeated.has(workOf(span)) ? attemptOf(span) : undefined;
  }
}

function workOf(span: SpanShape): string {
  return JSON.stringify([span.service, span.name, orderOf(span)]);
}
