import {
  brokenOnPurpose,
  DEFAULT_SETTINGS,
  FIELDS,
  hintOf,
  settingsOf,
  textOf,
  pitfallOf,
  valueOf,
  withoutConflict,
  type RunSettings,
} from '../view/settings.ts';
import type { CarrierName, SwitchName } from '../view/switches.ts';
import { one } from './dom.ts';

const CARRIERS = ['document', 'job'] as const;
/** The value of a list of pitfalls if no pitfall is chosen. */
const NO_PITFALL = 'on';

export interface RunForm {
  settings: () => RunSettings;
  show: (settings: RunSettings) => void;
  setBusy: (isBusy: boolean) => void;
}

/** Connects the form of a run. `onChange` is called for each change of a switch, and `onRun` when the user starts a run. */
export function connectForm(onChange: (settings: RunSettings) => void, onRun: () => void): RunForm {
  const form = one('#run-form', HTMLFormElement);
  const button = one('#run', HTMLButtonElement);
  let customer = DEFAULT_SETTINGS.customer;
  const settings = () => readForm(form, customer);
  form.addEventListener('change', (event) => {
    keepOneValue(form, event.target);
    keepTogether(form, settings(), event.target);
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

function readForm(form: HTMLFormElement, customer: string): RunSettings {
  return settingsOf(customer, (name, each) => {
    const text = name === 'document' || name === 'job' ? readCarrier(form, name) : readField(form, name);
    return valueOf(each, text) ?? DEFAULT_SETTINGS[name];
  });
}

function readField(form: HTMLFormElement, name: SwitchName): string {
  const field = fieldOf(form, name);
  return field instanceof HTMLInputElement ? textOf(field.checked) : field.value;
}

function readCarrier(form: HTMLFormElement, name: CarrierName): string {
  return input(form, name).checked ? pitfallSelect(form, name).value : 'off';
}

/**
 * Keeps the two controls of a carrier consistent, because they have one value. Off clears the pitfall, and a pitfall switches the
 * carrier on.
 */
function keepOneValue(form: HTMLFormElement, changed: EventTarget | null): void {
  for (const name of CARRIERS) {
    const isOn = input(form, name);
    const pitfall = pitfallSelect(form, name);
    if (changed === isOn && !isOn.checked) pitfall.value = NO_PITFALL;
    if (changed === pitfall && pitfall.value !== NO_PITFALL) isOn.checked = true;
  }
}

/** Resets switches that the writer would refuse together with the changed one. */
function keepTogether(form: HTMLFormElement, settings: RunSettings, changed: EventTarget | null): void {
  const name = changed instanceof Element ? (changed.getAttribute('name') ?? undefined) : undefined;
  const kept = withoutConflict(settings, name);
  if (kept !== settings) fillForm(form, kept);
}

function fillForm(form: HTMLFormElement, settings: RunSettings): void {
  for (const name of CARRIERS) {
    input(form, name).checked = settings[name] !== 'off';
    pitfallSelect(form, name).value = pitfallOf(name, settings[name]) ? settings[name] : NO_PITFALL;
  }
  for (const name of FIELDS) {
    const field = fieldOf(form, name);
    if (field instanceof HTMLInputElement) field.checked = settings[name] === true;
    else chooseOption(field, textOf(settings[name]));
  }
}

/** Chooses an option. Adds it if the URL asks for a number that the list does not offer. */
function chooseOption(select: HTMLSelectElement, text: string): void {
  if (![...select.options].some((option) => option.value === text)) select.add(new Option(text, text));
  select.value = text;
}

function markForm(form: HTMLFormElement, settings: RunSettings): void {
  const isOf = (name: CarrierName) => (pitfallOf(name, settings[name]) ? 'pitfall' : settings[name]);
  form.dataset['document'] = isOf('document');
  form.dataset['job'] = settings.report ? isOf('job') : 'none';
  for (const name of CARRIERS) {
    const hint = one(`#${name}Pitfall-hint`, HTMLElement, form);
    const [chosen] = pitfallSelect(form, name).selectedOptions;
    hint.textContent = chosen?.dataset['hint'] ?? hint.dataset['hint'] ?? '';
  }
  for (const name of [...CARRIERS, ...FIELDS])
    one(`#${name}-hint`, HTMLElement, form).textContent = hintOf(name, settings[name]);
  // The carriers are always visible, and the other controls can be hidden.
  const brokenBelow = brokenOnPurpose({ ...settings, document: 'on', job: 'on' });
  one('#more-set', HTMLElement).textContent = brokenBelow.join(', ');
}

/** Returns the control of a switch: a checkbox for two values, else a list. */
function fieldOf(form: HTMLFormElement, name: SwitchName): HTMLInputElement | HTMLSelectElement {
  return typeof DEFAULT_SETTINGS[name] === 'boolean' ? input(form, name) : select(form, name);
}

function pitfallSelect(form: HTMLFormElement, name: CarrierName): HTMLSelectElement {
  return select(form, `${name}Pitfall`);
}

function select(form: HTMLFormElement, name: string): HTMLSelectElement {
  return one(`select[name="${name}"]`, HTMLSelectElement, form);
}

function input(form: HTMLFormElement, name: string): HTMLInputElement {
  return one(`input[name="${name}"]`, HTMLInputElement, form);
}
