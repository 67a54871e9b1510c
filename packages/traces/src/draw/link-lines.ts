import { keyOf } from '../tree/span.ts';
import type { Row } from './rows.ts';

/** A link from one trace to another, as a line between two rows. */
export interface LinkLine {
  key: string;
  /** The row of the span that has the link. */
  from: number;
  /** The row of the linked span. */
  to: number;
  /**
   * The lane of the line, from 0, which is next to the rows. Lines that pass the same row have different lanes. Shorter lines take theirs
   * first.
   */
  lane: number;
}

/** More lines would be unreadable, and comparing each of them with all others would be slow. */
const MAX_LINES = 200;

type Line = Omit<LinkLine, 'lane'>;

/**
 * Returns a line for each link between traces, at most 200. The shortest lines are first. Omits a link if one of its spans has no row, as
 * in a collapsed branch.
 */
export function linkLines(rows: readonly Row[]): LinkLine[] {
  const places = new Map(rows.map((row, index) => [row.key, index]));
  let lines: Line[] = [];
  for (const [from, row] of rows.entries()) {
    if (row.type !== 'span') continue;
    for (const [index, link] of row.span.links.entries()) {
      if (link.traceId === row.span.traceId) continue;
      const to = places.get(keyOf(link));
      if (to !== undefined) lines.push({ key: `${row.key}/${index}`, from, to });
    }
    // There may be hundreds of thousands of links.
    if (lines.length > 4 * MAX_LINES) lines = shortest(lines);
  }
  return inLanes(shortest(lines));
}

const spanned = ({ from, to }: Line) => Math.abs(from - to);

const shortest = (lines: readonly Line[]): Line[] =>
  lines.toSorted((a, b) => spanned(a) - spanned(b)).slice(0, MAX_LINES);

function inLanes(lines: readonly Line[]): LinkLine[] {
  const placed: LinkLine[] = [];
  for (const line of lines) {
    const taken = new Set(placed.filter((other) => overlap(line, other)).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane++;
    placed.push({ ...line, lane });
  }
  return placed;
}

function overlap(a: Line, b: Line): boolean {
  return Math.max(a.from, a.to) >= Math.min(b.from, b.to) && Math.max(b.from, b.to) >= Math.min(a.from, a.to);
}
