const rest = (count: number, unit: string): string => (count > 0 ? `${count}${unit}` : '');

/** Formats a duration as kubectl does: `97s`, `2m5s`, `35m`, `3h20m`, `2d4h`, `12d`. */
export function humanDuration(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const m = Math.floor(s / 60);
  const h = Math.floor(s / 3600);
  const d = Math.floor(s / 86_400);
  if (s < 120) return `${s}s`;
  if (m < 10) return `${m}m${rest(s % 60, 's')}`;
  if (h < 3) return `${m}m`;
  if (h < 8) return `${h}h${rest(m % 60, 'm')}`;
  if (h < 48) return `${h}h`;
  return `${d}d${d < 8 ? rest(h % 24, 'h') : ''}`;
}

/** Formats the time that has passed since `since`. Returns `<unknown>` if `since` is missing. */
export function age(since: string | null | undefined): string {
  return since ? humanDuration(Date.now() - Date.parse(since)) : '<unknown>';
}
