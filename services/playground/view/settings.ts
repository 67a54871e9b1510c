import { CHOICES, trapOf, type CarrierName, type Choice } from './choices.ts';
import type { RunSettings } from './types.ts';

export const DEFAULT_SETTINGS: RunSettings = {
  customer: 'Ada Lovelace',
  report: true,
  orders: 1,
  document: 'on',
  job: 'on',
  shape: 'parent',
  failTimes: 0,
  handlerMs: 0,
  jobFault: 'none',
};

/** The most that a page may ask for with one click. */
export const LIMITS = { orders: 20, failTimes: 5, handlerMs: 20_000, customer: 200 } as const;

/** Reads settings from a query string; what is missing or not allowed is the default. */
export function settingsFromQuery(query: URLSearchParams): RunSettings {
  return {
    customer: query.get('customer')?.slice(0, LIMITS.customer) || DEFAULT_SETTINGS.customer,
    report: query.get('report') !== 'off',
    orders: number(query, 'orders', 1, LIMITS.orders),
    document: choice(query, 'document'),
    job: choice(query, 'job'),
    shape: choice(query, 'shape'),
    failTimes: number(query, 'failTimes', 0, LIMITS.failTimes),
    handlerMs: number(query, 'handlerMs', 0, LIMITS.handlerMs),
    jobFault: choice(query, 'jobFault'),
  };
}

/** Writes only what differs from the default, so that the address of the plain case is plain. */
export function settingsToQuery(settings: RunSettings, query = new URLSearchParams()): URLSearchParams {
  for (const [name, value] of Object.entries(settings)) {
    const isDefault = value === DEFAULT_SETTINGS[name as keyof RunSettings];
    if (isDefault) query.delete(name);
    else query.set(name, value === false ? 'off' : String(value));
  }
  return query;
}

/** What a run was told to break, in a few words each; empty when everything is on. */
export function brokenOnPurpose(settings: RunSettings): string[] {
  const { document, job, report, shape, failTimes, handlerMs, jobFault, orders } = settings;
  return [
    ...brokenCarrier('document', document),
    ...(report ? brokenCarrier('job', job) : []),
    ...(shape === 'parent' ? [] : [`shape ${shape}`]),
    ...(report ? [] : ['no report']),
    ...(failTimes > 0 ? [`fails ${failTimes}×`] : []),
    ...(handlerMs > 0 ? [`slow by ${handlerMs} ms`] : []),
    ...(jobFault !== 'none' && report ? [jobFault === 'crash' ? 'job crashes' : 'job out of memory'] : []),
    ...(orders > 1 ? [`${orders} orders`] : []),
  ];
}

const OFF: Record<CarrierName, string> = { document: 'document carrier off', job: 'Job carrier off' };

function brokenCarrier(carrier: CarrierName, value: string): string[] {
  const said = value === 'off' ? OFF[carrier] : trapOf(carrier, value)?.chip;
  return said ? [said] : [];
}

function choice<K extends keyof typeof CHOICES>(query: URLSearchParams, name: K): Choice<K> {
  const allowed: ReadonlyArray<Choice<K>> = CHOICES[name];
  const value = query.get(name);
  return allowed.find((each) => each === value) ?? DEFAULT_SETTINGS[name];
}

function number(
  query: URLSearchParams,
  name: 'orders' | 'failTimes' | 'handlerMs',
  min: number,
  max: number,
): number {
  const value = Number(query.get(name) ?? DEFAULT_SETTINGS[name]);
  return Number.isInteger(value) && value >= min && value <= max ? value : DEFAULT_SETTINGS[name];
}
