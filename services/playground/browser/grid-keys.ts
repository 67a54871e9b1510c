import type { Row, SpanRow, TraceRow } from '@beyond-headers/traces/draw';

/** What a key does in the waterfall. */
export type GridAction =
  | { type: 'move'; to: number }
  | { type: 'zoom'; steps: number }
  | { type: 'pan'; share: number }
  | { type: 'fold'; isFolded: boolean }
  | { type: 'fit' }
  | { type: 'zoomTo' }
  | { type: 'open' };

const PAN_SHARE = 0.25;

const TIME_KEYS: Record<string, GridAction> = {
  '+': { type: 'zoom', steps: 1 },
  '=': { type: 'zoom', steps: 1 },
  '-': { type: 'zoom', steps: -1 },
  '0': { type: 'fit' },
  z: { type: 'zoomTo' },
  '<': { type: 'pan', share: -PAN_SHARE },
  '>': { type: 'pan', share: PAN_SHARE },
};

/**
 * Returns the action of a key. The keys are those of a treegrid (https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/), and some
 * for the time scale. `index` is the active row, and `pageRows` is the number of rows in sight. Returns undefined for any other
 * key.
 */
export function gridAction(
  key: string,
  rows: readonly Row[],
  index: number,
  pageRows: number,
): GridAction | undefined {
  const moves: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: index + pageRows,
    PageUp: index - pageRows,
  };
  const to = moves[key];
  if (to !== undefined) return { type: 'move', to: Math.max(0, Math.min(rows.length - 1, to)) };
  const row = rows[index];
  return TIME_KEYS[key] ?? (row && row.type !== 'note' ? rowAction(key, rows, index, row) : undefined);
}

function rowAction(
  key: string,
  rows: readonly Row[],
  index: number,
  row: SpanRow | TraceRow,
): GridAction | undefined {
  const hasChildren = row.type === 'trace' || row.hasChildren;
  const unfold: GridAction = { type: 'fold', isFolded: false };
  if (key === 'Enter' || key === ' ') return row.isCollapsed ? unfold : { type: 'open' };
  if (key === 'ArrowRight' && row.isCollapsed) return unfold;
  if (key === 'ArrowRight' && hasChildren) return { type: 'move', to: Math.min(rows.length - 1, index + 1) };
  if (key === 'ArrowLeft' && hasChildren && !row.isCollapsed) return { type: 'fold', isFolded: true };
  if (key !== 'ArrowLeft' || row.type === 'trace') return undefined;
  return { type: 'move', to: parentIndex(rows, index, row.depth) };
}

function parentIndex(rows: readonly Row[], index: number, depth: number): number {
  return Math.max(
    0,
    rows.slice(0, index).findLastIndex((row) => row.type === 'trace' || row.depth < depth),
  );
}
