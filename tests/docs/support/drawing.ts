const ROW = /^(\S+) +(SERVER|CLIENT|INTERNAL|PRODUCER|CONSUMER) [│ ]*([├└●◌]) (.*)$/;
/** A line below a row with details: a link, an error, or an orphan's parent. */
const NOTE = /^ {10,}[│ ]*([↩✗i].*)$/;
const ROOTS = '●◌';

interface Row {
  /** The column of the glyph before the name. Deeper rows are further to the right. */
  column: number;
  text: string;
  notes: string[];
  children: Row[];
}

/**
 * Sorts siblings in drawn traces by name, because concurrent spans can start in any order. Replaces the lines of the tree by
 * indentation. Keeps all other text.
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
  // The text includes the glyph, because it shows whether a span is a root or an orphan.
  const text = `${service} ${kind} ${isRoot ? `${glyph} ` : ''}${rest}`;
  // The children of a root start in the root's own column.
  return { column: line.indexOf(glyph) - (isRoot ? 1 : 0), text, notes: [], children: [] };
}

/** Adds a row below the last one that is less deep. In a filtered drawing, a row's parent may be missing. */
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

/** Sorts rows by name. Rows with the same name keep their order of start. */
function sorted(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

const nameOf = ({ text }: Row) => text.replace(/\s*[█░▏].*$/, '').trim();
