import {
  SWITCHES,
  type CarrierName,
  type Option,
  type Switch,
  type SwitchName,
  type ValueOf,
} from './switches.ts';

/** What was asked for with one click. */
export type RunSettings = { customer: string } & { [K in SwitchName]: ValueOf<(typeof SWITCHES)[K]> };

export const MAX_CUSTOMER_LENGTH = 200;

const ENTRIES = Object.entries(SWITCHES) as [SwitchName, Switch][];

/** The switches that are fields of the form; those of the carriers stand on the way of a request. */
export const FIELDS = (Object.keys(SWITCHES) as SwitchName[]).filter(
  (name) => name !== 'document' && name !== 'job',
);

/** Settings made of a value for each switch. */
export function settingsOf(
  customer: string,
  valueOf: (name: SwitchName, each: Switch) => Option['value'],
): RunSettings {
  const values = ENTRIES.map(([name, each]) => [name, valueOf(name, each)]);
  return { customer, ...Object.fromEntries(values) } as RunSettings;
}

const plainOf = ({ options: [plain] }: Switch): Option['value'] => plain.value;

export const DEFAULT_SETTINGS = settingsOf('Ada Lovelace', (_name, each) => plainOf(each));

/** A value in an address or in a form. */
export const textOf = (value: Option['value']): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);

/** The value that a text stands for, undefined where the switch does not allow it. */
export function valueOf({ options, range }: Switch, text: string): Option['value'] | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (range)
    return Number.isInteger(number) && number >= range.min && number <= range.max ? number : undefined;
  return options.find(({ value }) => textOf(value) === text)?.value;
}

/** Reads settings from a query string; what is missing or not allowed is the default. */
export function settingsFromQuery(query: URLSearchParams): RunSettings {
  const customer = query.get('customer')?.slice(0, MAX_CUSTOMER_LENGTH) || DEFAULT_SETTINGS.customer;
  return withoutConflict(
    settingsOf(customer, (name, each) => valueOf(each, query.get(name) ?? '') ?? plainOf(each)),
  );
}

/** The writer takes a recurring order without a report and without parts: the switch that was set last counts. */
export function withoutConflict(settings: RunSettings, setLast?: string): RunSettings {
  if (settings.runs === 1 || (!settings.report && settings.parts === 0)) return settings;
  const isOther = setLast === 'report' || setLast === 'parts';
  return isOther ? { ...settings, runs: 1 } : { ...settings, report: false, parts: 0 };
}

/** Writes only what differs from the default, so that the address of the plain case is plain. */
export function settingsToQuery(settings: RunSettings, query = new URLSearchParams()): URLSearchParams {
  for (const name of Object.keys(DEFAULT_SETTINGS) as (keyof RunSettings)[]) {
    if (settings[name] === DEFAULT_SETTINGS[name]) query.delete(name);
    else query.set(name, textOf(settings[name]));
  }
  return query;
}

/** The switches that are not plain, with their values: what a run is asked to break. */
export function changedSwitches(settings: RunSettings): (readonly [SwitchName, Switch, Option['value']])[] {
  return ENTRIES.flatMap(([name, each]) =>
    settings[name] === plainOf(each) ? [] : [[name, each, settings[name]] as const],
  );
}

/** What a run was asked to break, in a few words each; empty when everything is on. */
export function brokenOnPurpose(settings: RunSettings): string[] {
  return changedSwitches(settings).flatMap(([, { needs, options, range }, value]) => {
    if (needs && !settings[needs]) return [];
    return range?.chip(Number(value)) ?? options.find((option) => option.value === value)?.chip ?? [];
  });
}

/** What a switch does as it is set. */
export function hintOf(name: SwitchName, value: Option['value']): string {
  const { hint, options }: Switch = SWITCHES[name];
  return options.find((option) => option.value === value)?.hint ?? hint;
}

/** The option that is a pitfall: the context is there, and the trace is not the right one. */
export function pitfallOf(carrier: CarrierName, value: string): Option | undefined {
  return pitfallsOf(carrier).find((option) => option.value === value);
}

export const pitfallsOf = (carrier: CarrierName): readonly Option[] => SWITCHES[carrier].options.slice(2);
