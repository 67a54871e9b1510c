import type { Row } from '@beyond-headers/traces/draw';
import { chipOf, MAX_INDENT } from './row-view.ts';

/** The widths of the parts of a waterfall. */
export interface Layout {
  namesPx: number;
  barsPx: number;
  /** Whether each name is above its bar, because there is no room side by side. */
  isStacked: boolean;
}

/**
 * The width of the names. The minimum is what a run with everything on needs, so that nothing moves while it grows. Longer names
 * are cut.
 */
const MIN_NAMES_EM = 21;
const MAX_NAMES_EM = 27;
/** If names need more than this share of the width, they are above the bars. */
const MAX_NAMES_SHARE = 0.58;
/** The space to the right of the bars, and also to their left if they are below the names. */
const MARGIN_PX = 14;
/** The width of the sign and the badge in a row, and of the space around them. */
const SIGNS_PX = 62;
const STEP_PX = 11;

/** Measures names as the page renders them. */
export class NameRuler {
  readonly #context = document.createElement('canvas').getContext('2d');
  readonly #widths = new Map<string, number>();

  /** Returns the width that the widest name needs, with everything before it. `font` is in CSS syntax. */
  widest(rows: readonly Row[], font: string): number {
    return rows.reduce((widest, row) => {
      if (row.type !== 'span') return widest;
      const text = [row.span.name, row.target && ` → ${row.target}`, row.hasFailed && '✕ ', chipOf(row)];
      const chip = chipOf(row) === undefined ? 0 : 2 * MARGIN_PX;
      const width = this.#widthOf(text.filter(Boolean).join(''), font) + chip;
      return Math.max(widest, SIGNS_PX + Math.min(row.depth, MAX_INDENT) * STEP_PX + width);
    }, 0);
  }

  #widthOf(text: string, font: string): number {
    const key = font + text;
    const known = this.#widths.get(key);
    if (known !== undefined || !this.#context) return known ?? 0;
    this.#context.font = font;
    const { width } = this.#context.measureText(text);
    this.#widths.set(key, width);
    return width;
  }
}

export function layoutIn(widthPx: number, needPx: number, emPx: number, gutterPx: number): Layout {
  const namesPx = Math.ceil(Math.min(Math.max(needPx, MIN_NAMES_EM * emPx), MAX_NAMES_EM * emPx));
  const isStacked = namesPx > widthPx * MAX_NAMES_SHARE;
  const beforePx = gutterPx + (isStacked ? MARGIN_PX : namesPx);
  return { namesPx: beforePx, barsPx: Math.max(1, widthPx - beforePx - MARGIN_PX), isStacked };
}
