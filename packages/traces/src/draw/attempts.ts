import type { SpanShape } from '../tree/span.ts';
import { attemptOf, orderOf } from './demo-attributes.ts';

/** Returns a function that numbers a span's attempt, from 1. The number is undefined if the work was tried only once. */
export function attemptsAmong(spans: readonly SpanShape[]): (span: SpanShape) => number | undefined {
  const repeated = new Set(spans.filter((span) => (attemptOf(span) ?? 1) > 1).map(workOf));
  return (span) => (repeated.has(workOf(span)) ? attemptOf(span) : undefined);
}

const workOf = (span: SpanShape): string => JSON.stringify([span.service, span.name, orderOf(span)]);
