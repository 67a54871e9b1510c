import { trapOf, type CarrierName } from '../view/choices.ts';
import { DEFAULT_SETTINGS, brokenOnPurpose } from '../view/settings.ts';
import type { RunSettings } from '../view/types.ts';
import { one } from './dom.ts';

const CARRIERS = ['document', 'job'] as const;
const SELECTS = ['shape', 'failTimes', 'handlerMs', 'jobFault', 'orders'] as const;
const NO_TRAP = 'none';

export interface RunForm {
  settings: () => RunSettings;
  show: (settings: RunSettings) => void;
  setBusy: (isBusy: boolean) => void;
}

/** The run panel. `onChange` is called for each switch, `onRun` when a run is asked for. */
export function connectForm(onChange: (settings: RunSettings) => void, onRun: () => void): RunForm {
  const form = one('#run-form', HTMLFormElement);
  const button = one('#run', HTMLButtonElement);
  let customer = DEFAULT_SETTINGS.customer;
  const settings = () => ({ ...readForm(form), customer });
  form.addEventListener('change', (event) => {
    keepOneValue(form, event.target);
    markForm(form, settings());
    onChange(settings());
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!button.disabled) onRun();
  });
  one('#more-toggle', HTMLButtonElement).addEventListener('click', toggleMore);
  return {
    settings,
    show(next) {
      customer = next.customer;
      fillForm(form, next);
      markForm(form, next);
    },
    setBusy(isBusy) {
      button.disabled = isBusy;
      button.textContent = isBusy ? 'Running…' : 'Run';
    },
  };
}

function toggleMore(): void {
  const more = one('#more', HTMLElement);
  more.hidden = !more.hidden;
  one('#more-toggle', HTMLButtonElement).setAttribute('aria-expanded', String(!more.hidden));
}

function readForm(form: HTMLFormElement): Omit<RunSettings, 'customer'> {
  const text = (name: string) => select(form, name).value;
  return {
    document: readCarrier(form, 'document') as RunSettings['document'],
    job: readCarrier(form, 'job') as RunSettings['job'],
    report: input(form, 'report').checked,
    shape: text('shape') as RunSettings['shape'],
    jobFault: text('jobFault') as RunSettings['jobFault'],
    failTimes: Number(text('failTimes')),
    handlerMs: Number(text('handlerMs')),
    orders: Number(text('orders')),
  };
}

function readCarrier(form: HTMLFormElement, name: CarrierName): string {
  if (!input(form, name).checked) return 'off';
  const trap = trapSelect(form, name).value;
  return trap === NO_TRAP ? 'on' : trap;
}

/** A carrier has one value and two controls: off clears the trap, a trap switches on. */
function keepOneValue(form: HTMLFormElement, changed: EventTarget | null): void {
  for (const name of CARRIERS) {
    const isOn = input(form, name);
    const trap = trapSelect(form, name);
    if (changed === isOn && !isOn.checked) trap.value = NO_TRAP;
    if (changed === trap && trap.value !== NO_TRAP) isOn.checked = true;
  }
}

function fillForm(form: HTMLFormElement, settings: RunSettings): void {
  for (const name of CARRIERS) {
    input(form, name).checked = settings[name] !== 'off';
    trapSelect(form, name).value = trapOf(name, settings[name]) ? settings[name] : NO_TRAP;
  }
  input(form, 'report').checked = settings.report;
  for (const name of SELECTS) chooseOption(select(form, name), settings[name]);
}

/** An address may ask for a number that the list does not offer. */
function chooseOption(select: HTMLSelectElement, value: string | number): void {
  const text = String(value);
  if (![...select.options].some((option) => option.value === text)) select.add(new Option(text, text));
  select.value = text;
}

function markForm(form: HTMLFormElement, settings: RunSettings): void {
  const isOf = (name: CarrierName) => (trapOf(name, settings[name]) ? 'trap' : settings[name]);
  form.dataset['document'] = isOf('document');
  form.dataset['job'] = settings.report ? isOf('job') : 'none';
  for (const select of form.querySelectorAll('select')) showHint(form, select);
  for (const name of CARRIERS) {
    const hint = one(`#${name}-hint`, HTMLElement, form);
    hint.textContent = trapOf(name, settings[name])?.does ?? hint.dataset['hint'] ?? '';
  }
  one('#more-set', HTMLElement).textContent = settingsBelow(settings).join(', ');
}

function showHint(form: HTMLFormElement, select: HTMLSelectElement): void {
  const hint = one(`#${select.name}-hint`, HTMLElement, form);
  const chosen = select.selectedOptions[0]?.dataset['hint'];
  hint.textContent = chosen ?? hint.dataset['hint'] ?? '';
}

/** What is broken by a control that can be hidden; the carriers are always in sight. */
function settingsBelow(settings: RunSettings): string[] {
  return brokenOnPurpose({ ...settings, document: 'on', job: 'on' });
}

function trapSelect(form: HTMLFormElement, name: CarrierName): HTMLSelectElement {
  return select(form, `${name}Trap`);
}

function select(form: HTMLFormElement, name: string): HTMLSelectElement {
  return one(`select[name="${name}"]`, HTMLSelectElement, form);
}

function input(form: HTMLFormElement, name: string): HTMLInputElement {
  return one(`input[name="${name}"]`, HTMLInputElement, form);
}
