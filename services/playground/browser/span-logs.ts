import { duration, printable } from '@beyond-headers/traces/draw';
import type { LogView, SpanView, TraceLogs } from '../view/types.ts';
import { h } from './dom.ts';

/** The log lines that were written in a span, asked for as they are shown. Empty until they have come, and where none are collected. */
export function spanLogs(
  { traceId, spanId }: Pick<SpanView, 'traceId' | 'spanId'>,
  runStartMs: number,
): HTMLElement {
  const place = h('div', { class: 'span-logs' });
  void readLines(traceId, spanId).then(
    (lines) => place.replaceChildren(...linesView(lines, runStartMs)),
    (error: unknown) => place.replaceChildren(h('p', { class: 'warning', role: 'status' }, messageOf(error))),
  );
  return place;
}

/** Undefined where no log lines are collected. */
async function readLines(traceId: string, spanId: string): Promise<LogView[] | undefined> {
  const response = await fetch(`/api/runs/${traceId}/logs`);
  if (response.status === 404) return undefined;
  if (!response.ok)
    throw new Error(`The log lines can't be read: the playground answered ${response.status}.`);
  const { isCollected, lines } = (await response.json()) as TraceLogs;
  return isCollected ? lines.filter((line) => line.spanId === spanId) : undefined;
}

function linesView(lines: readonly LogView[] | undefined, runStartMs: number): HTMLElement[] {
  if (!lines) return [];
  const content =
    lines.length === 0
      ? h('p', {}, 'None was written in this span.')
      : h('ol', { class: 'log-lines' }, ...lines.map((line) => lineView(line, runStartMs)));
  return [h('h3', {}, 'Log lines'), content];
}

function lineView({ timeMs, severity, body, attributes }: LogView, runStartMs: number): HTMLElement {
  return h(
    'li',
    { 'data-severity': printable(severity) },
    h('span', { class: 'when' }, duration(timeMs - runStartMs)),
    ` ${printable(severity)} ${printable(body)}`,
    h(
      'dl',
      {},
      ...Object.entries(attributes).flatMap(([name, value]) => [
        h('dt', {}, printable(name)),
        h('dd', {}, value),
      ]),
    ),
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
