import { EXPECTED_OTLP, formatOf, groupsOf } from '../../read/otlp-groups.ts';
import { addResourceSpans } from '../model/read-otlp.ts';
import type { Sink } from './input.ts';

/** Adds the spans of a JSON value to the store. Skips other signals, which the Collector may write to the same file. */
export function takeJson(sink: Sink, place: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const each of value) takeJson(sink, place, each);
    return;
  }
  const groups = groupsOf(value);
  if (!groups) {
    const found = (JSON.stringify(value) ?? 'nothing').slice(0, 80);
    sink.problem(place, `got ${found}. ${formatOf(value)}${EXPECTED_OTLP}`);
    return;
  }
  if (isPartial(value)) notePartial(sink, place);
  for (const group of groups)
    for (const problem of addResourceSpans(sink.store, group)) sink.problem(place, `got ${problem}`);
}

/** The `status` of a response in which Tempo returns only as much of a trace as its limits allow. */
export const PARTIAL = 'PARTIAL';

const isPartial = (value: unknown): boolean => (value as { status?: unknown }).status === PARTIAL;

export function notePartial(sink: Sink, place: string): void {
  sink.notes.push(`${place}: Tempo sent only a part of the trace.`);
}
