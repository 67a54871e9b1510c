import { span, linkTo } from './spans.ts';
import type { Attributes } from '../tree/span.ts';
import { lint } from '../lint/lint.ts';
import type { LintSpan } from '../lint/model/read-spans.ts';
import type { LintOptions } from '../lint/options.ts';

/** The ids of three traces. */
export const [A, B, C] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)];

type Sketch = Parameters<typeof span>[3];

/** Returns a span of the trace `trace`. Ids need to be unique only within a trace. */
export function at(
  trace: string,
  id: string,
  parent: string | undefined,
  label: string,
  sketch: Sketch = {},
): LintSpan {
  return span(id, parent, label, { traceId: trace, ...sketch });
}

export { linkTo };

/** Returns the attributes of a message, with the names of the semantic conventions. */
export function message(id: string, more: Attributes = {}): Attributes {
  return {
    'messaging.system': 'kafka',
    'messaging.destination.name': 'parcels',
    'messaging.message.id': id,
    ...more,
  };
}

/** Returns the spans of a request that sends a message: its SERVER and its PRODUCER. */
export function sent(trace: string, id: string, sketch: Sketch = {}): LintSpan[] {
  return [
    at(trace, '1', undefined, 'shop SERVER POST /parcels', { atMs: [0, 12] }),
    at(trace, '2', '1', 'shop PRODUCER send parcels', { atMs: [2, 10], attributes: message(id), ...sketch }),
  ];
}

/** Returns the findings, each as `rule from-id→to-id`. */
export function found(spans: readonly LintSpan[], options: LintOptions = {}): string[] {
  const { findings } = lint(spans, { nowMs: 1_700_000_100_000, ...options });
  return findings.map(({ rule, from, to }) => `${rule} ${shown(from)}→${shown(to)}`);
}

const shown = (end: { traceId: string; spanId: string } | undefined): string =>
  end === undefined ? '' : `${end.traceId[0]}${end.spanId.replace(/^0+/, '')}`;

/** Returns the span with which `mail` processes the message `m1`. */
export const consumer = (trace: string, parent: string | undefined, sketch: Parameters<typeof at>[4] = {}) =>
  at(trace, '5', parent, 'mail CONSUMER process parcels', {
    atMs: [20, 30],
    attributes: message('m1'),
    ...sketch,
  });
