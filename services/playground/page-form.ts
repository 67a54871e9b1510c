import { escapeHtml } from './escape-html.ts';
import { TRAPS, type CarrierName, type Trap } from './view/choices.ts';
import { LIMITS } from './view/settings.ts';
import { serviceClass, STOPS } from './view/services.ts';

/** The run panel: the way of a request, with a switch on each carrier that this project adds. */
export function runForm(): string {
  const [browser, writer, poller, launcher, job] = STOPS.map(stop);
  return `<form id="run-form" class="run-form" aria-label="Run">
<ol class="way">
${browser}
${header}
${writer}
${carrierSwitch('document', 'Document carrier', 'Off: the poller reads an order that says nothing of its sender.')}
${poller}
${header}
${launcher}
${carrierSwitch('job', 'Job carrier', 'Off: the pod starts with nothing in its environment.')}
${job}
</ol>
<div class="go">
<button type="submit" id="run">Run</button>
<p class="hint">or press <kbd>R</kbd></p>
<button type="button" id="more-toggle" class="disclose" aria-expanded="false" aria-controls="more">More to break</button>
</div>
<p id="more-set" class="more-set"></p>
<div class="fields" id="more" hidden>
${trapField('document', 'Document trap', 'The context is there, and the trace is wrong.')}
${trapField('job', 'Job trap', 'The variable is there, and the trace is wrong.')}
${shapeField}
${reportField}
${select(
  'failTimes',
  'Handler fails',
  range(0, LIMITS.failTimes, (n) => (n === 0 ? 'never' : `${n} ${n === 1 ? 'time' : 'times'}`)),
  'Each attempt is a span of its own, linked to the one before.',
)}
${select('handlerMs', 'Handler takes', SLOWNESS, 'The wait is the poller’s, and its bar shows it.')}
${select('jobFault', 'The job', JOB_FAULTS, 'Kubernetes tries again; its spans must not be lost with it.')}
${select(
  'orders',
  'Orders per click',
  [1, 2, 5, 10, LIMITS.orders].map((n) => ({ value: String(n), label: String(n) })),
  'One root, and a branch for each order.',
)}
</div>
</form>`;
}

interface Option {
  value: string;
  label: string;
  /** Takes the place of the field's own hint while it is chosen. */
  hint?: string;
}

const SLOWNESS: Option[] = [
  { value: '0', label: 'no extra time' },
  { value: '500', label: '500 ms' },
  { value: '2000', label: '2 s' },
  { value: '10000', label: '10 s' },
];

const JOB_FAULTS: Option[] = [
  { value: 'none', label: 'succeeds' },
  { value: 'crash', label: 'crashes' },
  { value: 'oom', label: 'runs out of memory' },
];

function stop({ service, letter, role }: (typeof STOPS)[number]): string {
  return `<li class="stop ${serviceClass(service)}" data-stop="${service}"><span class="badge" aria-hidden="true">${letter}</span><b>${service}</b><small>${role}</small></li>`;
}

const header = `<li class="carrier"><span>HTTP header</span></li>`;

function carrierSwitch(name: CarrierName, label: string, hint: string): string {
  return `<li class="carrier switchable" data-carrier="${name}"><label class="switch"><input type="checkbox" role="switch" name="${name}" checked aria-describedby="${name}-hint"><span class="track" aria-hidden="true"></span><span>${label}</span></label><small id="${name}-hint" data-hint="${hint}">${hint}</small></li>`;
}

function trapField(carrier: CarrierName, label: string, hint: string): string {
  const traps = Object.entries<Trap>(TRAPS[carrier]).map(([value, trap]) => ({
    value,
    label: trap.label,
    hint: trap.does,
  }));
  return select(`${carrier}Trap`, label, [{ value: 'none', label: 'none' }, ...traps], hint);
}

function select(name: string, label: string, options: Option[], hint: string): string {
  return `<p class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}" aria-describedby="${name}-hint">${options.map(option).join('')}</select><small id="${name}-hint" data-hint="${hint}">${hint}</small></p>`;
}

function option({ value, label, hint }: Option): string {
  const attribute = hint ? ` data-hint="${escapeHtml(hint)}"` : '';
  return `<option value="${value}"${attribute}>${label}</option>`;
}

function range(from: number, to: number, label: (n: number) => string): Option[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    value: String(from + index),
    label: label(from + index),
  }));
}

const shapeField = select(
  'shape',
  'Trace shape',
  [
    { value: 'parent', label: 'parent: one trace' },
    { value: 'link', label: 'link: two, linked' },
    { value: 'parent+link', label: 'parent + link' },
  ],
  'How the poller hangs its work on what it read.',
);

const reportField = `<p class="field"><span class="like-label">Report</span><label class="switch"><input type="checkbox" role="switch" name="report" checked aria-describedby="report-hint"><span class="track" aria-hidden="true"></span><span>asks for a report</span></label><small id="report-hint">Off: no Job, the trace ends in the poller.</small></p>`;
