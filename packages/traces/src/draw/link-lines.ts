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

/** More would be a hatching, and each is compared with all the others. */
const MAX_LINES = 200;

type Line = Omit<LinkLine, 'lane'>;

/**
 * The links between the traces of a run, the shortest first; one whose span is folded away is not drawn.
 * Of more than 200 they are the 200 shortest.
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
    // A run may have hundreds of thousands.
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
