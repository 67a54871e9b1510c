import {
  SWITCHES,
  type CarrierName,
  type Option,
  type Switch,
  type SwitchName,
  type ValueOf,
} from './switches.ts';

/** The settings of one click on Run. */
export type RunSettings = { customer: string } & { [K in SwitchName]: ValueOf<(typeof SWITCHES)[K]> };

export const MAX_CUSTOMER_LENGTH = 200;

const ENTRIES = Object.entries(SWITCHES) as [SwitchName, Switch][];

/** The switches that are fields of the form. Those of the carriers are on the path of the request. */
export const FIELDS = (Object.keys(SWITCHES) as SwitchName[]).filter(
  (name) => name !== 'document' && name !== 'job',
);

/** Makes settings from a value for each switch. */
export function settingsOf(
  customer: string,
  valueOf: (name: SwitchName, each: Switch) => Option['value'],
): RunSettings {
  const values = ENTRIES.map(([name, each]) => [name, valueOf(name, each)]);
  return { customer, ...Object.fromEntries(values) } as RunSettings;
}

const plainOf = ({ options: [plain] }: Switch): Option['value'] => plain.value;

export const DEFAULT_SETTINGS = settingsOf('Ada Lovelace', (_name, each) => plainOf(each));

/** Formats a value for a URL or a form. */
export const textOf = (value: Option['value']): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);

/** Parses a value. Returns undefined if the switch does not allow it. */
export function valueOf({ options, range }: Switch, text: string): Option['value'] | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (range)
    return Number.isInteger(number) && number >= range.min && number <= range.max ? number : undefined;
  return options.find(({ value }) => textOf(value) === text)?.value;
}

/** Reads settings from a query string. Missing or invalid ones get their defaults. */
export function settingsFromQuery(query: URLSearchParams): RunSettings {
  const customer = query.get('customer')?.slice(0, MAX_CUSTOMER_LENGTH) || DEFAULT_SETTINGS.customer;
  return withoutConflict(
    settingsOf(customer, (name, each) => valueOf(each, query.get(name) ?? '') ?? plainOf(each)),
  );
}

/** Resolves a conflict: the writer accepts a recurring order only without a report and without parts. The switch that was set last wins. */
export function withoutConflict(settings: RunSettings, setLast?: string): RunSettings {
  if (settings.runs === 1 || (!settings.report && settings.parts === 0)) return settings;
  const isOther = setLast === 'report' || setLast === 'parts';
  return isOther ? { ...settings, runs: 1 } : { ...settings, report: false, parts: 0 };
}

/** Writes only what differs from the default, so that the URL of the plain case is short. */
export function settingsToQuery(settings: RunSettings): URLSearchParams {
  const names = Object.keys(DEFAULT_SETTINGS) as (keyof RunSettings)[];
  const changed = names.filter((name) => settings[name] !== DEFAULT_SETTINGS[name]);
  return new URLSearchParams(Object.fromEntries(changed.map((name) => [name, textOf(settings[name])])));
}

/** Returns the switches that differ from the plain case, with their values. */
export function changedSwitches(settings: RunSettings): (readonly [SwitchName, Switch, Option['value']])[] {
  return ENTRIES.flatMap(([name, each]) =>
    settings[name] === plainOf(each) ? [] : [[name, each, settings[name]] as const],
  );
}

/** Describes what a run was asked to break, in a few words each. Returns an empty list if everything is on. */
export function brokenOnPurpose(settings: RunSettings): string[] {
  return changedSwitches(settings).flatMap(([, { needs, options, range }, value]) => {
    if (needs && !settings[needs]) return [];
    return range?.chip(Number(value)) ?? options.find((option) => option.value === value)?.chip ?? [];
  });
}

/** Returns the hint of a switch at a value. */
export function hintOf(name: SwitchName, value: Option['value']): string {
  const { hint, options }: Switch = SWITCHES[name];
  return options.find((option) => option.value === value)?.hint ?? hint;
}

/** Returns the option if it is a pitfall: the context is there, but the trace is wrong. */
export function pitfallOf(carrier: CarrierName, value: string): Option | undefined {
  return pitfallsOf(carrier).find((option) => option.value === value);
}

export const pitfallsOf = (carrier: CarrierName): readonly Option[] => SWITCHES[carrier].options.slice(2);
