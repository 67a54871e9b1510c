import { duration, ticks, type TimeRange } from '@beyond-headers/traces/draw';
import { h } from './dom.ts';

/** From here on there is no room for a label behind its mark. */
const LAST_LABEL_PERCENT = 88;
/** An axis narrower than this has room for few labels. */
const NARROW_PX = 280;

/** The marks of an axis that is so wide. */
export function axisMarks(visible: TimeRange, whole: TimeRange, widthPx: number): HTMLElement[] {
  const lengthMs = visible.endMs - visible.startMs;
  return ticks(visible, whole, widthPx < NARROW_PX ? 3 : 5).map((ms) => {
    const percent = ((whole.startMs + ms - visible.startMs) / lengthMs) * 100;
    const label = percent < LAST_LABEL_PERCENT && duration(ms).replace('0 µs', '0');
    const mark = h('span', { class: 'tick' }, label);
    mark.style.left = `${percent}%`;
    return mark;
  });
}
