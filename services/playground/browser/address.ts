import { settingsFromQuery, settingsToQuery } from '../view/settings.ts';
import type { RunSettings } from '../view/settings.ts';

export type Slot = 'a' | 'b';

/** What the URL of the page keeps: the switches, and the two runs that are shown. */
export interface Address {
  settings: RunSettings;
  runs: Partial<Record<Slot, string>>;
}

const RUN_ID = /^(?!0{32})[0-9a-f]{32}$/;

export function readAddress(): Address {
  const query = new URLSearchParams(location.search);
  const runs: Address['runs'] = {};
  for (const slot of ['a', 'b'] as const) {
    const id = query.get(slot) ?? '';
    if (RUN_ID.test(id)) runs[slot] = id;
  }
  return { settings: settingsFromQuery(query), runs };
}

/** Writes the URL of the page. With `isStep`, as for a new run, the Back button returns to the previous URL. */
export function writeAddress({ settings, runs }: Address, isStep: boolean): void {
  const query = settingsToQuery(settings);
  for (const slot of ['a', 'b'] as const) if (runs[slot]) query.set(slot, runs[slot]);
  const search = query.toString();
  const url = search ? `?${search}` : location.pathname;
  if (isStep) history.pushState(null, '', url);
  else history.replaceState(null, '', url);
}
