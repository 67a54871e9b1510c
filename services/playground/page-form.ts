import { LIMITS } from './view/settings.ts';
import type { RunSettings } from './view/types.ts';
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
</div>
<details class="more" id="more">
<summary>More to break <span id="more-set"></span></summary>
<div class="fields">
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
  [1, 2, 5, 10, LIMITS.orders].map((n) => [String(n), String(n)]),
  'One root, and a branch for each order.',
)}
</div>
</details>
</form>`;
}

type Option = readonly [value: string, label: string];

const SLOWNESS: Option[] = [
  ['0', 'no extra time'],
  ['500', '500 ms'],
  ['2000', '2 s'],
  ['10000', '10 s'],
];

const JOB_FAULTS: Option[] = [
  ['none', 'succeeds'],
  ['crash', 'crashes'],
  ['oom', 'runs out of memory'],
];

function stop({ service, letter, role }: (typeof STOPS)[number]): string {
  return `<li class="stop ${serviceClass(service)}" data-stop="${service}"><span class="badge" aria-hidden="true">${letter}</span><b>${service}</b><small>${role}</small></li>`;
}

const header = `<li class="carrier"><span>HTTP header</span></li>`;

function carrierSwitch(name: 'document' | 'job', label: string, hint: string): string {
  return `<li class="carrier switchable" data-carrier="${name}"><label class="switch"><input type="checkbox" role="switch" name="${name}" checked aria-describedby="${name}-hint"><span class="track" aria-hidden="true"></span><span>${label}</span></label><small id="${name}-hint">${hint}</small></li>`;
}

function select(name: keyof RunSettings, label: string, options: Option[], hint: string): string {
  const items = options.map(([value, text]) => `<option value="${value}">${text}</option>`).join('');
  return `<p class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}" aria-describedby="${name}-hint">${items}</select><small id="${name}-hint">${hint}</small></p>`;
}

function range(from: number, to: number, label: (n: number) => string): Option[] {
  return Array.from({ length: to - from + 1 }, (_, index) => [String(from + index), label(from + index)]);
}

const shapeField = select(
  'shape',
  'Trace shape',
  [
    ['parent', 'parent: one trace'],
    ['link', 'link: two, linked'],
    ['parent+link', 'parent + link'],
  ],
  'How the poller hangs its work on what it read.',
);

const reportField = `<p class="field"><span class="like-label">Report</span><label class="switch"><input type="checkbox" role="switch" name="report" checked aria-describedby="report-hint"><span class="track" aria-hidden="true"></span><span>asks for a report</span></label><small id="report-hint">Off: no Job, the trace ends in the poller.</small></p>`;
