import { STOPS } from '@beyond-headers/journey';
import { escapeHtml } from '@beyond-headers/service-kit/escape-html';
import { FIELDS, textOf, pitfallsOf } from './view/settings.ts';
import { serviceClass } from './view/services.ts';
import { SWITCHES, type CarrierName, type Option, type Switch, type SwitchName } from './view/switches.ts';

/** Renders the form of a run: the path of a request, with a switch on each carrier that this project adds. */
export function runForm(): string {
  const [browser, writer, poller, launcher, job] = STOPS.map(stop);
  return `<form id="run-form" class="run-form" aria-label="Run">
<ol class="way">
${browser}
${header}
${writer}
${carrierSwitch('document')}
${poller}
${header}
${launcher}
${carrierSwitch('job')}
${job}
</ol>
<div class="go">
<button type="submit" id="run">Run</button>
<p class="hint">or press <kbd>R</kbd></p>
<button type="button" id="more-toggle" class="disclose" aria-expanded="false" aria-controls="more">More to break</button>
</div>
<p id="more-set" class="more-set"></p>
<div class="fields" id="more" hidden>
${pitfallField('document', 'Document pitfall', 'The context is there, and the trace is wrong.')}
${pitfallField('job', 'Job pitfall', 'The variable is there, and the trace is wrong.')}
${FIELDS.map(field).join('\n')}
</div>
</form>`;
}

function field(name: SwitchName): string {
  const { label, hint, options }: Switch = SWITCHES[name];
  return typeof options[0].value === 'boolean'
    ? checkbox(name, label, options[0].label, hint)
    : select(name, label, options, hint);
}

function stop({ service, letter, role }: (typeof STOPS)[number]): string {
  return `<li class="stop ${serviceClass(service)}" data-stop="${service}"><span class="badge" aria-hidden="true">${letter}</span><b>${service}</b><small>${role}</small></li>`;
}

const header = `<li class="carrier"><span>HTTP header</span></li>`;

function carrierSwitch(name: CarrierName): string {
  const { label, hint } = SWITCHES[name];
  return `<li class="carrier switchable" data-carrier="${name}">${toggle(name, label)}<small id="${name}-hint">${hint}</small></li>`;
}

function toggle(name: string, label: string): string {
  return `<label class="switch"><input type="checkbox" role="switch" name="${name}" checked aria-describedby="${name}-hint"><span class="track" aria-hidden="true"></span><span>${label}</span></label>`;
}

function checkbox(name: string, label: string, on: string, hint: string): string {
  return `<p class="field"><span class="like-label">${label}</span>${toggle(name, on)}<small id="${name}-hint">${hint}</small></p>`;
}

function pitfallField(carrier: CarrierName, label: string, hint: string): string {
  const [none] = SWITCHES[carrier].options;
  return select(`${carrier}Pitfall`, label, [none, ...pitfallsOf(carrier)], hint);
}

function select(name: string, label: string, options: readonly Option[], hint: string): string {
  return `<p class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}" aria-describedby="${name}-hint">${options.map(option).join('')}</select><small id="${name}-hint" data-hint="${hint}">${hint}</small></p>`;
}

function option({ value, label, hint }: Option): string {
  const attribute = hint ? ` data-hint="${escapeHtml(hint)}"` : '';
  return `<option value="${textOf(value)}"${attribute}>${label}</option>`;
}
