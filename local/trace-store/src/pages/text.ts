import { renderWaterfall } from '@beyond-headers/traces';
import { printable } from '@beyond-headers/traces/draw';
import { maxDrawnSpans, type Family } from './family.ts';
import type { ListedTrace, TraceList } from './trace-list.ts';

/** Renders a trace as a drawing, for `curl`. */
export function traceText({ trace, spans, isCut }: Family): string {
  const note = isCut ? `\n\nOnly the first ${maxDrawnSpans} spans of this trace are drawn.` : '';
  return `${renderWaterfall(spans)}${note}\n\nAs JSON: /api/v3/traces/${trace.traceId}\n`;
}

/** Renders the newest traces as text, one trace a line, with the URL of its page. */
export function listText({ listed, found, dropped, problem }: TraceList, base: string): string {
  const head = `${found} traces${dropped > 0 ? `, ${dropped} older ones dropped` : ''}`;
  return `${[problem ?? head, ...listed.map((trace) => lineOf(trace, base))].join('\n')}\n`;
}

function lineOf({ traceId, receivedAt, service, name, spans }: ListedTrace, base: string): string {
  const time = new Date(receivedAt).toISOString().slice(11, 19);
  const title = printable(`${service} ${name}`).slice(0, 40);
  return `${time}  ${title.padEnd(40)} ${String(spans).padStart(5)} spans  ${base}/trace/${traceId}`;
}
