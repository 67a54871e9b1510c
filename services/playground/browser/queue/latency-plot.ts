import { duration, shortId } from '@beyond-headers/traces/draw';
import { niceMax, xOf, yOf, type Plot } from '../../view/chart.ts';
import type { LoadDot } from '../../queue/load-view.ts';
import { h } from '../dom.ts';
import { addressOf, openRun, traceLink } from './open-run.ts';
import { svg } from './svg.ts';

const SIZE = { width: 600, height: 150 };
const MARGIN = { left: 56, top: 10, right: 12, bottom: 20 };
const SLOWEST = 5;

/**
 * A plot with a dot for each order, by when it was placed and how long it took. A dot opens the order's trace. A list also links
 * to the slowest orders.
 */
export class LatencyPlot {
  readonly #dots = svg('g');
  readonly #axis = svg('g', { class: 'q-axis' });
  readonly #slowest = h('ol', { class: 'q-slowest' });
  readonly #caption = h('p', { class: 'q-note' }, 'The slowest:');
  readonly element = h('div', { class: 'q-plot' }, this.#drawing(), this.#caption, this.#slowest);
  #shown = '';

  constructor() {
    this.element.hidden = true;
  }

  show(dots: readonly LoadDot[], seconds: number): void {
    this.element.hidden = dots.length === 0;
    const shown = [dots.length, dots[0]?.orderId].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    const max = niceMax(Math.max(...dots.map(({ latencyMs }) => latencyMs)));
    const plot: Plot = { fromMs: 0, toMs: seconds * 1_000, max, ...SIZE };
    this.#dots.replaceChildren(...dots.map((dot) => dotOf(dot, plot)));
    this.#axis.replaceChildren(...axisOf(plot));
    const slowest = dots.toSorted((a, b) => b.latencyMs - a.latencyMs).slice(0, SLOWEST);
    this.#slowest.replaceChildren(...slowest.map(slowestOf));
  }

  /** Hidden from the keyboard and from screen readers, which would have to pass a thousand dots. They have the list. */
  #drawing(): SVGSVGElement {
    const { left, top, right, bottom } = MARGIN;
    const viewBox = `${-left} ${-top} ${SIZE.width + left + right} ${SIZE.height + top + bottom}`;
    return svg('svg', { viewBox, 'aria-hidden': 'true' }, this.#axis, this.#dots);
  }
}

function dotOf({ traceId, placedMs, latencyMs, isFulfilled, orderId }: LoadDot, plot: Plot): SVGElement {
  const circle = svg('circle', {
    cx: xOf(plot, placedMs),
    cy: yOf(plot, latencyMs),
    r: 4,
    class: isFulfilled ? 'q-dot' : 'q-dot failed',
  });
  circle.append(svg('title', {}, `order ${orderId}: ${duration(latencyMs)}`));
  if (!traceId) return circle;
  const link = svg('a', { href: addressOf(traceId), tabindex: -1 }, circle);
  link.addEventListener('click', (event) => openRun(event, traceId));
  return link;
}

const label = (x: number, y: number, anchor: 'start' | 'end', text: string): SVGElement =>
  svg('text', { x, y, 'text-anchor': anchor }, text);

function axisOf(plot: Plot): SVGElement[] {
  const { width, height, max, toMs } = plot;
  return [
    svg('path', { d: `M0 0V${height}H${width}` }),
    label(-6, 4, 'end', duration(max)),
    label(-6, height + 4, 'end', '0'),
    label(0, height + 16, 'start', 'placed after 0 s'),
    label(width, height + 16, 'end', duration(toMs)),
  ];
}

function slowestOf({ traceId, latencyMs, isFulfilled, orderId }: LoadDot): HTMLElement {
  const text = `${duration(latencyMs)}${isFulfilled ? '' : ', not fulfilled'}`;
  const order = `order ${orderId.slice(-8)}`;
  return h(
    'li',
    {},
    `${text}: `,
    traceId ? traceLink(traceId, `${order}, trace ${shortId(traceId)}`) : order,
  );
}
