import { DEFAULT_SETTINGS, brokenOnPurpose } from '../view/settings.ts';
import type { RunSettings } from '../view/types.ts';
import { one } from './dom.ts';

const CHECKBOXES = ['document', 'job', 'report'] as const;
const SELECTS = ['shape', 'failTimes', 'handlerMs', 'jobFault', 'orders'] as const;
/** Set below the fold of the panel: shown in its summary while it is closed. */
const HIDDEN_DEFAULTS: Partial<RunSettings> = { document: 'on', job: 'on' };

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
  form.addEventListener('change', () => {
    markForm(form, settings());
    onChange(settings());
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!button.disabled) onRun();
  });
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

function readForm(form: HTMLFormElement): Omit<RunSettings, 'customer'> {
  const data = new FormData(form);
  const text = (name: string) => one(`select[name="${name}"]`, HTMLSelectElement, form).value;
  return {
    document: data.has('document') ? 'on' : 'off',
    job: data.has('job') ? 'on' : 'off',
    report: data.has('report'),
    shape: text('shape') as RunSettings['shape'],
    jobFault: text('jobFault') as RunSettings['jobFault'],
    failTimes: Number(text('failTimes')),
    handlerMs: Number(text('handlerMs')),
    orders: Number(text('orders')),
  };
}

function fillForm(form: HTMLFormElement, settings: RunSettings): void {
  for (const name of CHECKBOXES) {
    const value = settings[name];
    input(form, name).checked = value === true || value === 'on';
  }
  for (const name of SELECTS)
    chooseOption(one(`select[name="${name}"]`, HTMLSelectElement, form), settings[name]);
}

/** An address may ask for a number that the list does not offer. */
function chooseOption(select: HTMLSelectElement, value: string | number): void {
  const text = String(value);
  if (![...select.options].some((option) => option.value === text)) select.add(new Option(text, text));
  select.value = text;
}

function markForm(form: HTMLFormElement, settings: RunSettings): void {
  form.dataset['document'] = settings.document;
  form.dataset['job'] = settings.report ? settings.job : 'none';
  const set = brokenOnPurpose({ ...settings, ...HIDDEN_DEFAULTS });
  one('#more-set', HTMLElement).textContent = set.length > 0 ? `· ${set.join(', ')}` : '';
}

function input(form: HTMLFormElement, name: string): HTMLInputElement {
  return one(`input[name="${name}"]`, HTMLInputElement, form);
}
