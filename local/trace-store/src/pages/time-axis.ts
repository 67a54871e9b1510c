import { duration, ticks, type TimeRange } from '@beyond-headers/traces/draw';
import { html, type Html } from './html.ts';

/** From here on there is no room for a label behind its mark. */
const LAST_LABEL_PERCENT = 88;

/** The scale above the bars. Placed by attributes of SVG: the page allows no style of an element. */
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
