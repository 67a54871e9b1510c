import { keyOf } from '../tree/span.ts';
import type { Row } from './rows.ts';

/** A link from one trace to another, as a line between two rows. */
export interface LinkLine {
  key: string;
  /** Row of the span that has the link. */
  from: number;
  /** Row of the span that it names. */
  to: number;
  /** From 0: of the lines that pass the same row each has a lane of its own, the shortest the nearest to the rows. */
  lane: number;
}

/** The links between the traces of a run, the shortest first; one whose span is folded away is not drawn. */
export function linkLines(rows: readonly Row[]): LinkLine[] {
  const places = new Map(rows.map((row, index) => [row.key, index]));
  const lines = rows.flatMap((row, from) => {
    if (row.type !== 'span') return [];
    return row.span.links.flatMap((link, index): Omit<LinkLine, 'lane'>[] => {
      const to = places.get(keyOf(link));
      const isElsewhere = link.traceId !== row.span.traceId;
      return to !== undefined && isElsewhere ? [{ key: `${row.key}/${index}`, from, to }] : [];
    });
  });
  return inLanes(lines);
}

const spanned = ({ from, to }: Pick<LinkLine, 'from' | 'to'>) => Math.abs(from - to);

function inLanes(lines: readonly Omit<LinkLine, 'lane'>[]): LinkLine[] {
  const placed: LinkLine[] = [];
  for (const line of lines.toSorted((a, b) => spanned(a) - spanned(b))) {
    const taken = new Set(placed.filter((other) => overlap(line, other)).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    placed.push({ ...line, lane });
  }
  return placed;
}

function overlap(a: Pick<LinkLine, 'from' | 'to'>, b: Pick<LinkLine, 'from' | 'to'>): boolean {
  return Math.max(a.from, a.to) >= Math.min(b.from, b.to) && Math.max(b.from, b.to) >= Math.min(a.from, a.to);
}
