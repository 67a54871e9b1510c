import { duration } from '@beyond-headers/traces/draw';
import { linePath, niceMax, type Plot } from '../../view/chart.ts';
import type { QueueSample } from '../../queue/queue-sample.ts';
import { h } from '../dom.ts';
import { svg } from './svg.ts';

const WINDOW_MS = 300_000;
/** Samples come once a second. During a longer gap, no page was watching. */
const MAX_GAP_MS = 5_000;
const SIZE = { width: 240, height: 44 };

interface ChartKind {
  label: string;
  /** A line for each of these. */
  fields: ReadonlyArray<Exclude<keyof QueueSample, 'isPaused'>>;
  /** The names of the lines, if a chart has more than one. */
  names?: readonly string[];
  textOf: (value: number) => string;
}

const whole = (value: number): string => value.toLocaleString('en');
const rate = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)}/s`;

const KINDS: readonly ChartKind[] = [
  { label: 'Pending', fields: ['pending'], textOf: whole },
  { label: 'Processing', fields: ['processing'], textOf: whole },
  { label: 'Held or waiting', fields: ['parked'], textOf: whole },
  { label: 'Failed', fields: ['failed'], textOf: whole },
  { label: 'Oldest due', fields: ['oldestAgeMs'], textOf: duration },
  { label: 'Fulfilled', fields: ['perSecond'], textOf: rate },
  { label: 'Latency', fields: ['p99Ms', 'p50Ms'], names: ['p99', 'p50'], textOf: duration },
];

/** Makes the charts of the queue's metrics, each over the last five minutes. */
export const newCharts = (): Chart[] => KINDS.map((kind) => new Chart(kind));

class Chart {
  readonly #kind: ChartKind;
  readonly #now = h('b');
  readonly #highest = h('small');
  readonly #paths: SVGPathElement[];
  readonly element: HTMLElement;

  constructor(kind: ChartKind) {
    this.#kind = kind;
    this.#paths = kind.fields.map((_, index) => svg('path', { class: `q-line q-line-${index}` }));
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
    const { fields, names = [], textOf } = this.#kind;
    const toMs = samples.at(-1)?.atMs ?? 0;
    const fromMs = toMs - WINDOW_MS;
    const shown = samples.filter(({ atMs }) => atMs >= fromMs);
    const highest = Math.max(0, ...shown.flatMap((sample) => fields.map((field) => sample[field] ?? 0)));
    const plot: Plot = { fromMs, toMs, max: niceMax(highest), ...SIZE };
    for (const [index, field] of fields.entries()) {
      const points = shown.map((sample) => ({ atMs: sample.atMs, value: sample[field] }));
      this.#paths[index]?.setAttribute('d', linePath(points, plot, MAX_GAP_MS));
    }
    const now = fields.map((field, index) => {
      const value = shown.at(-1)?.[field];
      return [names[index] ?? [], value === undefined ? '–' : textOf(value)].flat().join(' ');
    });
    this.#now.textContent = now.join(', ');
    this.#highest.textContent = `highest in 5 minutes: ${textOf(highest)}`;
  }
}
