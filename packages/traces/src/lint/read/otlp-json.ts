import { otherSignals } from '../../read/otlp.ts';
import { addResourceSpans } from '../model/read-otlp.ts';
import type { Sink } from './input.ts';

/** What holds OTLP: itself, Jaeger's answer, Tempo's two. */
const wrappers = ['result', 'trace', 'data'];
/** What a list of resources with their spans is called. */
export const SPAN_LISTS: readonly string[] = ['resourceSpans', 'resource_spans', 'batches'];

/** Puts the spans of a JSON value into the store. Other signals, as the Collector writes them beside spans, are passed over. */
export function takeJson(sink: Sink, place: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const each of value) takeJson(sink, place, each);
    return;
  }
  const groups = groupsOf(value);
  if (!groups) {
    const found = (JSON.stringify(value) ?? 'nothing').slice(0, 80);
    sink.problem(place, `got ${found}. Expected OTLP JSON: an object with an array "resourceSpans".`);
    return;
  }
  for (const group of groups)
    for (const problem of addResourceSpans(sink.store, group)) sink.problem(place, `got ${problem}`);
}

function groupsOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const list = SPAN_LISTS.map((name) => fields[name]).find((each) => each !== undefined);
  if (Array.isArray(list)) return list;
  const inner = wrappers
    .map((name) => fields[name])
    .find((each) => typeof each === 'object' && each !== null);
  if (inner !== undefined) return groupsOf(inner);
  return Object.keys(fields).length === 0 || otherSignals.some((name) => name in fields) ? [] : undefined;
}
