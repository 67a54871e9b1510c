import type { Row } from '@beyond-headers/traces/draw';

/** What a key does with the rows of the waterfall: activate another row, fold or unfold the active one, or open its details. */
export type RowAction = { to: number } | { isFolded: boolean } | 'open';

/**
 * Returns the action of a key of a treegrid (https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/). `index` is the active row, and
 * `pageRows` is the number of rows in sight. Returns undefined for any other key.
 */
export function rowAction(
  key: string,
  rows: readonly Row[],
  index: number,
  pageRows: number,
): RowAction | undefined {
  const moves: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: index + pageRows,
    PageUp: index - pageRows,
  };
  const to = moves[key] ?? branchMove(key, rows, index);
  if (typeof to === 'number') return { to: Math.max(0, Math.min(rows.length - 1, to)) };
  return to;
}

/** Returns the action of a key that depends on whether the active row is folded: an action, or the row to activate. */
function branchMove(key: string, rows: readonly Row[], index: number): number | RowAction | undefined {
  const row = rows[index];
  if (!row || row.type === 'note') return undefined;
  const hasChildren = row.type === 'trace' || row.hasChildren;
  if (key === 'Enter' || key === ' ') return row.isCollapsed ? { isFolded: false } : 'open';
  if (key === 'ArrowRight')
    return row.isCollapsed ? { isFolded: false } : hasChildren ? index + 1 : undefined;
  if (key !== 'ArrowLeft') return undefined;
  if (hasChildren && !row.isCollapsed) return { isFolded: true };
  return row.type === 'trace' ? undefined : parentIndex(rows, index, row.depth);
}

function parentIndex(rows: readonly Row[], index: number, depth: number): number {
  return rows.slice(0, index).findLastIndex((row) => row.type === 'trace' || row.depth < depth);
}
