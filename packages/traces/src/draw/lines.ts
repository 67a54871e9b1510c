import { cut } from './columns.ts';
import type { Glyphs } from './glyphs.ts';
import type { Row, SpanRow } from './rows.ts';
import { printable } from './text.ts';

/** A row with its text, which begins with the lines of the tree. */
export interface Line {
  row: Row;
  text: string;
}

/**
 * Puts the lines of the tree before the names of spans and before their notes. Leaves out lines beyond the width of the drawing. Otherwise,
 * the text of a deep trace would grow with the square of its depth.
 */
export function toLines(rows: readonly Row[], glyphs: Glyphs, width: number): Line[] {
  // By depth: whether the branch continues below this row.
  const goesOn: boolean[] = [];
  let hasChildren = false;
  const runningPast = (depth: number) =>
    goesOn
      .slice(1, Math.min(depth, width))
      .map((isOpen) => (isOpen ? `${glyphs.line} ` : '  '))
      .join('');
  return rows.map((row): Line => {
    if (row.type === 'trace') return { row, text: headOf(row, glyphs) };
    if (row.type === 'note') {
      const margin = `${runningPast(row.depth)}${hasChildren ? glyphs.line : ' '} `;
      const sign = row.tone === 'link' || row.tone === 'error' ? `${glyphs[row.tone]} ` : '';
      return { row, text: margin + sign + row.text };
    }
    ({ hasChildren } = row);
    goesOn[row.depth] = row.position < row.siblings;
    const branch = goesOn[row.depth] ? glyphs.child : glyphs.lastChild;
    const top = row.isOrphan ? glyphs.orphan : glyphs.root;
    const lead = row.depth === 0 ? top : runningPast(row.depth) + branch;
    return { row, text: `${lead} ${row.hasFailed ? `${glyphs.error} ` : ''}${nameOf(row)}` };
  });
}

function nameOf({ span, attempt }: SpanRow): string {
  return `${printable(span.name) || '(no name)'}${attempt === undefined ? '' : ` #${attempt}`}`;
}

function headOf({ traceId, facts }: Extract<Row, { type: 'trace' }>, { dot }: Glyphs): string {
  return [`trace ${cut(printable(traceId), 64, '')}`, ...facts].join(` ${dot} `);
}
