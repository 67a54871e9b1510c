const ROW = /^(\S+) +(SERVER|CLIENT|INTERNAL|PRODUCER|CONSUMER) [│ ]*([├└●◌]) (.*)$/;
/** A line below a row that says more of it: a link, an error, an orphan's parent. */
const NOTE = /^ {10,}[│ ]*([↩✗i].*)$/;
const ROOTS = '●◌';

interface Row {
  /** Of the glyph before the name; the further to the right, the deeper in the tree. */
  column: number;
  text: string;
  notes: string[];
  children: Row[];
}

/**
 * Brings the rows of drawn traces into one order: what hangs under the same span is sorted by name, as concurrent spans may
 * start in any. The lines of the tree become indentation; all other text stays as it is.
 */
export function sortDrawings(text: string): string {
  const lines: string[] = [];
  let rows: Row[] = [];
  const flush = () => {
    lines.push(...sorted(rows).flatMap((row) => flatten(row, 0)));
    rows = [];
  };
  for (const line of text.split('\n')) {
    const row = readRow(line);
    const note = NOTE.exec(line)?.[1];
    const last = lastOf(rows);
    if (row) hang(rows, row);
    else if (note !== undefined && last) last.notes.push(note);
    else {
      flush();
      lines.push(line);
    }
  }
  flush();
  return lines.join('\n');
}

function readRow(line: string): Row | undefined {
  const [, service, kind, glyph = '', rest] = ROW.exec(line) ?? [];
  if (service === undefined) return undefined;
  const isRoot = ROOTS.includes(glyph);
  // Whether a root is one, or an orphan, is part of what is said.
  const text = `${service} ${kind} ${isRoot ? `${glyph} ` : ''}${rest}`;
  // What hangs under a root starts in the root's own column.
  return { column: line.indexOf(glyph) - (isRoot ? 1 : 0), text, notes: [], children: [] };
}

/** Under the last row that is less deep; a row may lack its parent when the drawing was filtered. */
function hang(rows: Row[], row: Row): void {
  const last = rows.at(-1);
  if (last && last.column < row.column) hang(last.children, row);
  else rows.push(row);
}

function lastOf(rows: Row[]): Row | undefined {
  const last = rows.at(-1);
  return last && (lastOf(last.children) ?? last);
}

function flatten({ text, notes, children }: Row, depth: number): string[] {
  const indent = '  '.repeat(depth);
  return [
    indent + text,
    ...notes.map((note) => `${indent}  ${note}`),
    ...sorted(children).flatMap((child) => flatten(child, depth + 1)),
  ];
}

/** Those of one name stay in the order in which they started. */
function sorted(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

const nameOf = ({ text }: Row) => text.replace(/\s*[█░▏].*$/, '').trim();
