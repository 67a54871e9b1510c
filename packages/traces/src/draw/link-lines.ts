import { keyOf } from '../tree/span.ts';
import type { Row } from './rows.ts';

/** A link from one trace to another, as a line between two rows. */
export interface LinkLine {
  key: string;
  /** Row of the span that has the link, and when it starts. */
  from: number;
  fromMs: number;
  /** Row of the span that it names, and when that starts. */
  to: number;
  toMs: number;
}

/** The links between the traces of a run. A link whose span is folded away is not drawn. */
export function linkLines(rows: readonly Row[]): LinkLine[] {
  const places = new Map(rows.map((row, index) => [row.key, index]));
  return rows.flatMap((row, from) => {
    if (row.type !== 'span') return [];
    return row.span.links.flatMap((link, index): LinkLine[] => {
      const to = places.get(keyOf(link)) ?? -1;
      const target = rows[to];
      if (target?.type !== 'span' || link.traceId === row.span.traceId) return [];
      const key = `${row.key}/${index}`;
      return [{ key, from, fromMs: row.span.startMs, to, toMs: target.span.startMs }];
    });
  });
}
