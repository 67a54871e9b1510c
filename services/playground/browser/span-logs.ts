import { duration, printable } from '@beyond-headers/traces/draw';
import type { LogView, TraceLogs } from '../runs/trace-logs.ts';
import type { SpanView } from '../view/types.ts';
import { ask, messageOf } from './ask.ts';
import { h } from './dom.ts';

/** Aborts the request of the previous span. A held key passes many spans, and only the last one is of interest. */
let asking = new AbortController();

/**
 * Renders the log lines of a span, which it then fetches. The element is empty until they arrive, and stays empty if no log lines
 * are collected.
 */
export function spanLogs(span: SpanView, runStartMs: number): HTMLElement {
  const place = h('div', { class: 'span-logs' });
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  void readLines(span, signal).then(
    (lines) => place.replaceChildren(...linesView(lines, runStartMs)),
    (error: unknown) => {
      if (!signal.aborted)
        place.replaceChildren(h('p', { class: 'warning', role: 'status' }, messageOf(error)));
    },
  );
  return place;
}

/** Returns undefined if no log lines are collected. */
async function readLines({ traceId, spanId }: SpanView, signal: AbortSignal): Promise<LogView[] | undefined> {
  const path = `/api/runs/${traceId}/logs?spanId=${spanId}`;
  const { isCollected, lines } = await ask<TraceLogs>(path, 'GET', undefined, signal);
  return isCollected ? lines : undefined;
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
