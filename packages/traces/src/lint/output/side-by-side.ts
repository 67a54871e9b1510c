import { widest, fit, cut } from '../../draw/columns.ts';
import { ascii, unicode, type Glyphs } from '../../draw/glyphs.ts';
import { toLines } from '../../draw/lines.ts';
import { rowsOf } from '../../draw/rows.ts';
import { printable } from '../../draw/text.ts';
import type { SpanShape } from '../../tree/span.ts';
import type { Forest } from '../model/forest.ts';

export interface DrawingOptions {
  /** Columns of the drawing. */
  width: number;
  ascii: boolean;
}

const MAX_ROWS = 5;

/**
 * Draws the two halves of a broken trace: on the left the spans that led to the hop, on the right the spans that should have continued it.
 * Sender and receiver are on one line.
 */
export function drawBreak(
  forest: Forest,
  { from, to }: { from?: number; to?: number },
  { width, ascii: plain }: DrawingOptions,
): string[] {
  const glyphs = plain ? ascii : unicode;
  const column = Math.floor((width - 7) / 2);
  const left = from === undefined ? ['(not known)'] : half(forest, above(forest, from), glyphs, width);
  const right = to === undefined ? ['(not there)'] : half(forest, below(forest, to), glyphs, width);
  const leftWidth = Math.min(column, widest(left));
  const before = left.length - 1;
  return Array.from({ length: Math.max(left.length, before + right.length) }, (_, row) => {
    const mark = row === before ? ` ${glyphs.error}${glyphs.error}${glyphs.error} ` : '     ';
    const text = `${fit(left[row] ?? '', leftWidth, glyphs.ellipsis)}${mark}${right[row - before] ?? ''}`;
    return cut(text.trimEnd(), width, glyphs.ellipsis);
  });
}

function half(forest: Forest, spans: readonly number[], glyphs: Glyphs, width: number): string[] {
  const shapes = spans.map((span, index) => shapeOf(forest, span, index === 0));
  const lines = toLines(rowsOf(shapes), glyphs, width).filter(({ row }) => row.type === 'span');
  return lines.map(({ row, text }) =>
    row.type === 'span' ? `${text}  ${printable(row.span.service)} ${row.span.kind}` : text,
  );
}

/** Returns a span and its nearest ancestors, the highest first. */
function above(forest: Forest, span: number): number[] {
  const found = [span];
  for (let at = forest.parentOf(span); at >= 0 && found.length < MAX_ROWS; at = forest.parentOf(at))
    found.unshift(at);
  return found;
}

/** Returns a span and its first few descendants. */
function below(forest: Forest, span: number): number[] {
  const found = [span];
  for (let at = 0; at < found.length && found.length < MAX_ROWS; at++) {
    for (const child of forest.childrenOf(found[at] ?? span)) if (found.length < MAX_ROWS) found.push(child);
  }
  return found;
}

/** The first span of a half is drawn as a root, whatever its parent in the whole trace. */
function shapeOf({ store }: Forest, span: number, isTop: boolean): SpanShape {
  return {
    ...store.endOf(span),
    ...(!isTop && { parentSpanId: store.parentIdOf(span) }),
    startMs: store.start.at(span),
    endMs: store.end.at(span),
    status: { code: store.error.at(span) === 1 ? 'ERROR' : 'UNSET' },
    attributes: {},
    links: [],
  };
}
