import type { Span } from '@beyond-headers/traces';
import type { TimeRange } from '@beyond-headers/traces/draw';
import type { LogLine } from '../store/log-line.ts';

/** What the row of a span needs to know about its page. */
export interface SpanContext {
  range: TimeRange;
  /** Sorted. A service's index determines its color. */
  services: readonly string[];
  /** By span id. */
  logs: ReadonlyMap<string, readonly LogLine[]>;
  /** The anchors of the rows on the page. */
  shown: ReadonlySet<string>;
}

/** Returns the anchor of a span's row, which is the same on every page that has the row. */
export const anchorOf = ({ traceId, spanId }: Pick<Span, 'traceId' | 'spanId'>): string =>
  `${traceId}-${spanId}`;

/** Returns where a link leads: to the span's row if the page has one, else to the page of its trace. */
export function addressOf(link: Pick<Span, 'traceId' | 'spanId'>, shown: ReadonlySet<string>): string {
  const anchor = anchorOf(link);
  return shown.has(anchor) ? `#${anchor}` : `/trace/${link.traceId}#${anchor}`;
}
