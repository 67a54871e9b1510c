import { renderWaterfall } from '../draw/waterfall.ts';
import type { Span } from '../tree/span.ts';
import { UsageError, type Output, type Values } from './command.ts';

export const drawOptions = { ascii: { type: 'boolean' }, width: { type: 'string' } } as const;

export const drawUsage = `  --ascii          draw with ASCII characters only
  --width N        the number of columns of the drawing (default 100)`;

export type DrawValues = Values<typeof drawOptions>;

/** Returns the number of columns of a drawing. Throws a {@link UsageError} for anything but a number of at least 60. */
export function widthOf({ width = '100' }: DrawValues): number {
  if (!/^\d+$/.test(width) || Number(width) < 60)
    throw new UsageError(`--width ${width}: expected a number of at least 60.`);
  return Number(width);
}

/** Returns the function with which the command draws spans. */
export function drawerOf(values: DrawValues, { color }: Output) {
  const [width, { ascii = false }] = [widthOf(values), values];
  return (spans: readonly Span[]): string => renderWaterfall(spans, { ascii, width, color });
}
