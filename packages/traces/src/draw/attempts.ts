import type { SpanShape } from '../tree/span.ts';
import { attemptOf, orderOf } from './demo-attributes.ts';

/** Finds spans that are attempts at the same work. */
export class Attempts {
  /** The work that was tried more than once. */
  readonly #repeated: ReadonlySet<string>;

  constructor(spans: readonly SpanShape[]) {
    this.#repeated = new Set(spans.filter((span) => (attemptOf(span) ?? 1) > 1).map(workOf));
  }

  /** Returns the number of a span's attempt, from 1, or undefined if there is only one attempt. */
  numberOf(span: SpanShape): number | undefined {
    return this.#repeated.has(workOf(span)) ? attemptOf(span) : undefined;
  }
}

function workOf(span: SpanShape): string {
  return JSON.stringify([span.service, span.name, orderOf(span)]);
}
