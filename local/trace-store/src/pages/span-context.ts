import type { Span } from '@beyond-headers/traces';
import type { TimeRange } from '@beyond-headers/traces/draw';
import type { LogLine } from '../store/log-line.ts';

/** What a span's row needs of the page that it is in. */
export interface SpanContext {
  range: TimeRange;
  /** Sorted: a service has its color by its place. */
  services: readonly string[];
  /** By span id. */
  logs: ReadonlyMap<string, readonly LogLine[]>;
  /** The anchors of the rows on the page. */
  shown: ReadonlySet<string>;
}

/** What names a span in an address: the same on every page that has a row for it. */
export const anchorOf = ({ traceId, spanId }: Pick<Span, 'traceId' | 'spanId'>): string =>
  `${traceId}-${spanId}`;

/** Where a link leads: to the row where the page has one, else to the page of its trace. */
export function addressOf(link: Pick<Span, 'traceId' | 'spanId'>, shown: ReadonlySet<string>): string {
  const anchor = anchorOf(link);
  return shown.has(anchor) ? `#${anchor}` : `/trace/${link.traceId}#${anchor}`;
}
