const SUFFIXES: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const SHAPE = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?)$/;

/** The number a Kubernetes quantity stands for: `64Mi` is 67108864, `500m` is 0.5; NaN when it is none. */
export function parseQuantity(text: string): number {
  const match = SHAPE.exec(text);
  if (!match) return Number.NaN;
  const [, digits = '', exponent = '', suffix = ''] = match;
  return exponent ? Number(digits + exponent) : Number(digits) * (SUFFIXES[suffix] ?? 1);
}
