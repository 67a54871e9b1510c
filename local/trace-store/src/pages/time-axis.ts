import { duration, ticks, type TimeRange } from '@beyond-headers/traces/draw';
import { html, type Html } from './html.ts';

/** The position from which a mark gets no label, because the label would not fit. */
const LAST_LABEL_PERCENT = 88;

/** Renders the time scale above the bars. SVG attributes position the marks, because the page's policy forbids inline styles. */
export function timeAxis(range: TimeRange): Html {
  const lengthMs = range.endMs - range.startMs;
  const marks = ticks(range, range.startMs, [], 4).map(({ afterMs }) => {
    const percent = ((afterMs / lengthMs) * 100).toFixed(3);
    const label =
      Number(percent) < LAST_LABEL_PERCENT &&
      html`<text x="${percent}%" dx="4" y="13">${duration(afterMs).replace('0 µs', '0')}</text>`;
    return html`<line x1="${percent}%" x2="${percent}%" y1="2" y2="100%"></line>${label}`;
  });
  return html`<div class="axis" aria-hidden="true">
    <span></span><svg class="scale">${marks}</svg><span></span>
  </div>`;
}
