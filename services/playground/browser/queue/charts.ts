import { duration } from '@beyond-headers/traces/draw';
import { linePath, niceMax, type Plot } from '../../view/chart.ts';
import type { QueueSample } from '../../queue/queue-sample.ts';
import { h } from '../dom.ts';
import { svg } from './svg.ts';

const WINDOW_MS = 300_000;
/** Samples come once a second. During a longer gap, no page was watching. */
const MAX_GAP_MS = 5_000;
const SIZE = { width: 240, height: 44 };

interface ChartLine {
  /** Only if a chart has more than one line. */
  name?: string;
  valueOf: (sample: QueueSample) => number | undefined;
}

interface ChartKind {
  label: string;
  lines: readonly ChartLine[];
  textOf: (value: number) => string;
}

const whole = (value: number): string => value.toLocaleString('en');
const rate = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)}/s`;

const KINDS: readonly ChartKind[] = [
  { label: 'Pending', lines: [{ valueOf: ({ pending }) => pending }], textOf: whole },
  { label: 'Processing', lines: [{ valueOf: ({ processing }) => processing }], textOf: whole },
  { label: 'Held or waiting', lines: [{ valueOf: ({ parked }) => parked }], textOf: whole },
  { label: 'Failed', lines: [{ valueOf: ({ failed }) => failed }], textOf: whole },
  { label: 'Oldest due', lines: [{ valueOf: ({ oldestAgeMs }) => oldestAgeMs }], textOf: duration },
  { label: 'Fulfilled', lines: [{ valueOf: ({ perSecond }) => perSecond }], textOf: rate },
  {
    label: 'Latency',
    lines: [
      { name: 'p99', valueOf: ({ p99Ms }) => p99Ms },
      { name: 'p50', valueOf: ({ p50Ms }) => p50Ms },
    ],
    textOf: duration,
  },
];

/** The metrics of the queue, each over the last five minutes. */
export class Charts {
  readonly element = h('div', { class: 'q-charts' });
  readonly #charts = KINDS.map((kind) => new Chart(kind));

  constructor() {
    this.element.append(...this.#charts.map(({ element }) => element));
  }

  show(samples: readonly QueueSample[]): void {
    for (const chart of this.#charts) chart.show(samples);
  }
}

class Chart {
  readonly #kind: ChartKind;
  readonly #now = h('b');
  readonly #highest = h('small');
  readonly #paths: SVGPathElement[];
  readonly element: HTMLElement;

  constructor(kind: ChartKind) {
    this.#kind = kind;
    this.#paths = kind.lines.map((_, index) => svg('path', { class: `q-line q-line-${index}` }));
    const viewBox = `0 -2 ${SIZE.width} ${SIZE.height + 4}`;
    const drawing = { viewBox, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
    this.element = h(
      'div',
      { class: 'q-chart', 'data-chart': kind.label },
      h('p', {}, h('span', {}, kind.label), this.#now),
      svg('svg', drawing, ...this.#paths),
      this.#highest,
    );
  }

  show(samples: readonly QueueSample[]): void {
    const { lines, textOf } = this.#kind;
    const toMs = samples.at(-1)?.atMs ?? 0;
    const fromMs = toMs - WINDOW_MS;
    const shown = samples.filter(({ atMs }) => atMs >= fromMs);
    const highest = Math.max(0, ...shown.flatMap((sample) => lines.map((line) => line.valueOf(sample) ?? 0)));
    const plot: Plot = { fromMs, toMs, max: niceMax(highest), ...SIZE };
    for (const [index, { valueOf }] of lines.entries()) {
      const points = shown.map((sample) => ({ atMs: sample.atMs, value: valueOf(sample) }));
      this.#paths[index]?.setAttribute('d', linePath(points, plot, MAX_GAP_MS));
    }
    this.#now.textContent = lines.map((line) => nowOf(line, shown.at(-1), textOf)).join(', ');
    this.#highest.textContent = `highest in 5 minutes: ${textOf(highest)}`;
  }
}

function nowOf(
  { name, valueOf }: ChartLine,
  last: QueueSample | undefined,
  textOf: ChartKind['textOf'],
): string {
  const value = last && valueOf(last);
  const text = value === undefined ? '–' : textOf(value);
  return name ? `${name} ${text}` : text;
}
