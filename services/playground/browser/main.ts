import type { RunSettings } from '../view/settings.ts';
import { readAddress, writeAddress, type Slot } from './address.ts';
import { ask, messageOf } from './ask.ts';
import { one } from './dom.ts';
import { connectQueue } from './queue-button.ts';
import { connectForm } from './run-form.ts';
import { showRunList } from './run-list.ts';
import { RunPanel } from './run-panel.ts';
import { closeSpan } from './span-details.ts';
import { connectTheme } from './theme.ts';
import { newTrace } from './traceparent.ts';

let areWaitsCut = true;
const panels: Partial<Record<Slot, RunPanel>> = {};
const form = connectForm(onSwitch, () => void run());

connectTheme();
connectQueue();
followAddress();
addEventListener('popstate', () => {
  closeSpan();
  followAddress();
});
addEventListener('keydown', onKey);
document.body.dataset['ready'] = '';

function followAddress(): void {
  const { settings, runs } = readAddress();
  form.show(settings);
  for (const slot of ['a', 'b'] as const) {
    const id = runs[slot];
    if (panels[slot]?.runId === id) continue;
    if (id) show(slot, id);
    else clear(slot);
  }
  compare();
  listRuns();
}

function onSwitch(settings: RunSettings): void {
  writeAddress({ settings, runs: shownRuns() }, false);
}

/** Starts a run. The click is the root span of its trace, so its time is taken first. */
async function run(): Promise<void> {
  const clickedAtMs = performance.timeOrigin + performance.now();
  const { traceId, traceparent } = newTrace();
  const settings = form.settings();
  form.setBusy(true);
  notify('');
  show(panels.a ? 'b' : 'a', traceId);
  writeAddress({ settings, runs: shownRuns() }, true);
  try {
    await ask('/api/runs', 'POST', { traceparent, clickedAtMs, settings });
  } catch (error) {
    notify(`The run did not start. ${messageOf(error)}`);
  } finally {
    form.setBusy(false);
    listRuns();
  }
}

function show(slot: Slot, runId: string): void {
  clear(slot);
  const panel = new RunPanel(slot, runId, { onChange: compare, onCut: cutWaits });
  panel.cutWaits(areWaitsCut);
  panels[slot] = panel;
  arrange(slot);
}

/** Empties a slot. When the user goes back, the earlier address can have fewer runs. */
function clear(slot: Slot): void {
  panels[slot]?.close();
  delete panels[slot];
  arrange(slot === 'a' ? 'b' : 'a');
}

function arrange(newest: Slot): void {
  document.body.dataset['shown'] = String(Object.keys(panels).length);
  document.body.dataset['newest'] = newest;
}

/** Draws two runs side by side on one time scale. */
function compare(): void {
  const longest = Math.max(panels.a?.lengthMs ?? 0, panels.b?.lengthMs ?? 0);
  for (const panel of Object.values(panels)) panel.compareWith(longest);
}

function cutWaits(isCut: boolean): void {
  areWaitsCut = isCut;
  for (const panel of Object.values(panels)) panel.cutWaits(isCut);
  compare();
}

function listRuns(): void {
  void showRunList(shownRuns, (slot, runId) => {
    show(slot, runId);
    writeAddress({ settings: form.settings(), runs: shownRuns() }, true);
    listRuns();
  });
}

function shownRuns(): Partial<Record<Slot, string>> {
  return Object.fromEntries(Object.entries(panels).map(([slot, panel]) => [slot, panel.runId]));
}

function notify(text: string): void {
  const notice = one('#notice', HTMLElement);
  notice.textContent = text;
  notice.hidden = text === '';
}

function onKey(event: KeyboardEvent): void {
  const isTyping =
    event.target instanceof Element && event.target.closest('input, select, textarea, dialog') !== null;
  if (event.key.toLowerCase() !== 'r' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  one('#run-form', HTMLFormElement).requestSubmit();
}
