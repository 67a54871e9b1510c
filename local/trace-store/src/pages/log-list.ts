import { duration, printable } from '@beyond-headers/traces/draw';
import type { LogLine } from '../store/log-line.ts';
import { html, type Html } from './html.ts';

/** The log lines of a span, in the order of their times. */
export function logList(logs: readonly LogLine[], startMs: number): Html {
  return html`<h3>Log lines</h3>
    <ol class="log">
      ${logs.map((line) => lineView(line, startMs))}
    </ol>`;
}

function lineView({ timeMs, severity, body, attributes }: LogLine, startMs: number): Html {
  const extras = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  return html`<li
    class="${severity.toLowerCase() === 'error' || severity.toLowerCase() === 'fatal' ? 'failed' : ''}"
  >
    <span class="when">${duration(timeMs - startMs)}</span>
    <b>${printable(severity)}</b>
    ${printable(body)}${extras.length > 0 && html` <span class="extras">${printable(extras.join(' '))}</span>`}
  </li>`;
}
