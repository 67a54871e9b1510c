import { renderWaterfall } from '../draw/waterfall.ts';
import type { Span } from '../tree/span.ts';
import { UsageError, type Output } from './command.ts';

export const drawOptions = { ascii: { type: 'boolean' }, width: { type: 'string' } } as const;

export const drawUsage = `  --ascii          draw with ASCII characters only
  --width N        columns of the drawing (default 100)`;

export interface DrawValues {
  ascii?: boolean | undefined;
  width?: string | undefined;
}

/** How the command draws spans. Throws a {@link UsageError} for a width that is no number. */
export function drawerOf({ ascii = false, width = '100' }: DrawValues, { color }: Output) {
  if (!/^\d+$/.test(width) || Number(width) < 60)
    throw new UsageError(`--width ${width}: expected a number of at least 60.`);
  return (spans: readonly Span[]): string => renderWaterfall(spans, { ascii, width: Number(width), color });
}
