const ROW = /^(?<owner>\S+ +(?:SERVER|CLIENT|PRODUCER|CONSUMER|INTERNAL)) [│ ]*(?<mark>[●◌├└]) (?<name>.+)$/;
const NOTE = /^[│ ]+(?<text>[↩✗].+)$/;
const BAR_AND_DURATION = / +[█░▏]+ +(?:[≈<] )?[\d.]+ (?:µs|ms|s)$/;
const IDS = /\b[0-9a-f]{8}(?:\/[0-9a-f]{8})?\b/g;

/**
 * Returns the parts of a drawing that are the same in each run: for each span, its path from the root, with its links and errors.
 * Omits times, ids, and the order of siblings, which may start in the same millisecond.
 */
export function drawnSpans(drawing: string): string[] {
  const spans: string[] = [];
  const path: string[] = [];
  let rootColumn = 0;
  for (const line of drawing.split('\n')) {
    const row = ROW.exec(line.replace(BAR_AND_DURATION, '').trimEnd())?.groups;
    const note = NOTE.exec(line)?.groups?.['text'];
    if (row) {
      const { owner = '', mark = '', name } = row;
      const isRoot = '●◌'.includes(mark);
      if (isRoot) rootColumn = line.indexOf(mark);
      const depth = isRoot ? 0 : (line.search(/[├└]/) - rootColumn) / 2 + 1;
      path.splice(depth, Infinity, `${owner.replace(/ +/, ' ')} ${mark === '◌' ? '◌ ' : ''}${name}`);
      spans.push(path.join(' > '));
    } else if (note && spans.length > 0) {
      spans.push(`${spans.pop()} ${note.replaceAll(IDS, '…')}`);
    }
  }
  return spans.toSorted();
}
