import { duration, printable } from '@beyond-headers/traces/draw';
import type { LogLine } from '../store/log-line.ts';
import { html, type Html } from './html.ts';

const GRAVE = ['ERROR', 'FATAL'];

/** Renders the log lines of a span, with times relative to `startMs`. */
export function logList(logs: readonly LogLine[], startMs: number): Html {
  return html`<h3>Log lines</h3>
    <ol class="log">
      ${logs.map((line) => lineView(line, startMs))}
    </ol>`;
}

function lineView({ timeMs, severity, body, attributes }: LogLine, startMs: number): Html {
  const entries = Object.entries(attributes);
  return html`<li>
    <p class="${GRAVE.includes(severity) && 'failed'}">
      <span class="when">${duration(timeMs - startMs)}</span> <b>${printable(severity)}</b> ${printable(body)}
    </p>
    ${
      entries.length > 0 &&
      html`<dl>
        ${entries.map(
          ([name, value]) =>
            html`<dt>${printable(name)}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>`
    }
  </li>`;
}
