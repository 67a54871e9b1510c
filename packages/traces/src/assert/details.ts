import { isDeepStrictEqual } from 'node:util';
import { matchesText } from '../tree/labels.ts';
import { keyOf, labelOf, type AttributeValue, type Span } from '../tree/span.ts';
import type { Diff } from './diff.ts';
import type { ExpectedSpan } from './expected-span.ts';
import { pair } from './matching.ts';
import { show } from '../tree/show.ts';

/**
 * Returns the differences of the span itself: its status, attributes, and links. `known` holds the spans that links may point to, by
 * `traceId/spanId`.
 */
export function detailsOf(
  expected: ExpectedSpan,
  span: Span,
  known: ReadonlyMap<string, Span>,
): Diff['details'] {
  return [
    ...statusDetails(expected, span),
    ...attributeDetails(expected, span),
    ...linkDetails(expected, span, known),
  ];
}

function statusDetails({ status }: ExpectedSpan, span: Span): Diff['details'] {
  return status === undefined || status === span.status.code
    ? []
    : changed(`status: ${status}`, `status: ${span.status.code}`);
}

function attributeDetails({ attributes = {} }: ExpectedSpan, span: Span): Diff['details'] {
  return Object.entries(attributes).flatMap(([key, wanted]) => {
    const has = Object.hasOwn(span.attributes, key);
    const actual = has ? span.attributes[key] : undefined;
    if (wanted === null ? !has : has && sameValue(actual, wanted)) return [];
    return changed(
      wanted === null ? undefined : `${key}: ${show(wanted)}`,
      has ? `${key}: ${show(actual)}` : undefined,
    );
  });
}

function sameValue(actual: AttributeValue | undefined, wanted: AttributeValue): boolean {
  if (wanted === '*') return true;
  if (typeof wanted === 'string' && typeof actual === 'string') return matchesText(actual, wanted);
  // An expectation may give an integer beyond 2^53 as a number or as a bigint.
  if (typeof actual === 'bigint' && Number.isInteger(wanted)) return actual === BigInt(wanted as number);
  return actual === wanted || isDeepStrictEqual(actual, wanted);
}

function linkDetails({ links }: ExpectedSpan, span: Span, known: ReadonlyMap<string, Span>): Diff['details'] {
  if (links === undefined) return [];
  if (typeof links === 'number') {
    return span.links.length === links ? [] : changed(`links: ${links}`, `links: ${span.links.length}`);
  }
  const labels = span.links.map((link) => {
    const target = known.get(keyOf(link));
    return target && labelOf(target);
  });
  const fits = (slot: number, item: number): boolean => {
    const [wanted = '*', label] = [links[slot], labels[item]];
    return wanted === '*' || (label !== undefined && matchesText(label, wanted));
  };
  const sizes = links.map(() => 1);
  const paired = new Set(pair(sizes, labels.length, fits).values());
  const found = span.links.map((link, index) => labels[index] ?? keyOf(link)).join(', ');
  return links
    .filter((_wanted, slot) => !paired.has(slot))
    .flatMap((wanted) => changed(`link to ${wanted}`, found === '' ? undefined : `links to ${found}`));
}

function changed(wanted: string | undefined, actual: string | undefined): Diff['details'] {
  return [
    ...(wanted === undefined ? [] : [{ mark: '-' as const, text: wanted }]),
    ...(actual === undefined ? [] : [{ mark: '+' as const, text: actual }]),
  ];
}
