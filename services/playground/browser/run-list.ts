import type { RunSummary } from '../view/types.ts';
import type { Slot } from './address.ts';
import { ask } from './ask.ts';
import { h, one } from './dom.ts';
import { runLabel } from './run-head.ts';

type Shown = Partial<Record<Slot, string>>;
type OnChoose = (slot: Slot, runId: string) => void;

/** Shows the last runs of this server. Any two of them can be shown side by side. */
export async function showRunList(shown: () => Shown, onChoose: OnChoose): Promise<void> {
  const runs = await ask<RunSummary[]>('/api/runs').catch(() => undefined);
  if (!runs) return;
  one('#recent', HTMLElement).replaceChildren(...runs.map((run) => entry(run, shown(), onChoose)));
  one('#recent-section', HTMLElement).hidden = runs.length === 0;
}

function entry({ runId, settings, startedAtMs }: RunSummary, shown: Shown, onChoose: OnChoose): HTMLElement {
  const time = new Date(startedAtMs).toLocaleTimeString();
  const button = (slot: Slot) =>
    h(
      'button',
      {
        type: 'button',
        class: 'tool',
        'aria-pressed': String(shown[slot] === runId),
        'aria-label': `Show the run of ${time} (${runLabel(settings)}) as ${slot.toUpperCase()}`,
        click: () => onChoose(slot, runId),
      },
      slot.toUpperCase(),
    );
  return h('li', {}, button('a'), button('b'), h('time', {}, time), h('span', {}, runLabel(settings)));
}
