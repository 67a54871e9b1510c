const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

// Up to how many seconds kubectl shows one unit, and whether the next smaller one stands beside it.
const STEPS: readonly (readonly [belowS: number, unit: 'd' | 'h' | 'm' | 's', both: boolean])[] = [
  [120, 's', false],
  [600, 'm', true],
  [3 * 3600, 'm', false],
  [8 * 3600, 'h', true],
  [48 * 3600, 'h', false],
  [8 * 86_400, 'd', true],
];

/** A duration as kubectl shows it: `97s`, `2m5s`, `35m`, `3h20m`, `2d4h`, `12d`. */
export function humanDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [, unit, both] = STEPS.find(([below]) => seconds < below) ?? [0, 'd', false];
  const at = UNITS.findIndex(([name]) => name === unit);
  const size = UNITS[at]?.[1] ?? 1;
  const whole = `${Math.floor(seconds / size)}${unit}`;
  const smaller = both ? UNITS[at + 1] : undefined;
  const rest = smaller ? Math.floor((seconds % size) / smaller[1]) : 0;
  return smaller && rest > 0 ? `${whole}${rest}${smaller[0]}` : whole;
}

/** How long ago a time was; `<unknown>` without one. */
export function age(since: string | null | undefined): string {
  return since ? humanDuration(Date.now() - Date.parse(since)) : '<unknown>';
}
