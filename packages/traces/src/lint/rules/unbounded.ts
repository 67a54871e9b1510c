import { duration } from '../../draw/duration.ts';
import type { LintContext, Match } from '../context.ts';
import type { Rule } from './rule.ts';

export const unbounded: Rule = {
  id: 'unbounded',
  severity: 'warning',
  definition:
    'A trace has more spans than the setting `maxSpans` allows, lasts longer than `maxTrace`, or contains more than `maxAttempts` attempts at the same message or Job.',
  sources: ['https://opentelemetry.io/docs/concepts/signals/traces/#span-links'],
  cannotKnow: 'Whether so much work belongs in one trace.',
  mend: 'Start a new trace, with a link to the old one, where a new piece of work begins. Examples are each run of a schedule, and a retry after many attempts.',
  find: boundlessTraces,
};

/** Finds traces with too many spans, too long a duration, or too many attempts at the same work. */
function boundlessTraces(context: LintContext): Match[] {
  const { limits, forest } = context;
  const { spans, first, startMs, endMs } = extents(context);
  const attempts = mostAttempts(context, spans);
  const found: Match[] = [];
  for (let trace = 0; trace < forest.store.traces.size; trace++) {
    const [count = 0, lengthMs, most] = [
      spans[trace],
      (endMs[trace] ?? 0) - (startMs[trace] ?? 0),
      attempts.get(trace),
    ];
    const evidence = [
      ...(count > limits.maxSpans ? [`The trace has ${count} spans, more than ${limits.maxSpans}.`] : []),
      ...(lengthMs > limits.maxTraceMs
        ? [`The trace lasts ${duration(lengthMs)}, longer than ${duration(limits.maxTraceMs)}.`]
        : []),
      ...(most === undefined
        ? []
        : [`The trace contains ${most} attempts at one message or Job, more than ${limits.maxAttempts}.`]),
    ];
    if (evidence.length > 0) found.push({ certainty: 'certain', from: first[trace] ?? 0, evidence });
  }
  return found;
}

/**
 * Returns, by number of a trace, its number of spans, its first span, and its times. Uses typed arrays, because there may be a million
 * traces.
 */
function extents({ forest, limits }: LintContext) {
  const { store } = forest;
  const { size } = store.traces;
  const spans = new Int32Array(size);
  const first = new Int32Array(size).fill(-1);
  const startMs = new Float64Array(size);
  const endMs = new Float64Array(size);
  for (const span of forest.order) {
    const trace = store.trace.at(span);
    spans[trace] = (spans[trace] ?? 0) + 1;
    if ((first[trace] ?? -1) < 0) first[trace] = span;
    const [start, end] = [store.start.at(span), store.end.at(span)];
    // A missing time, or one in the future, is a problem of the clock and not of the trace.
    if (start === 0 || end > limits.nowMs + limits.maxTraceMs) continue;
    if (startMs[trace] === 0 || start < (startMs[trace] ?? 0)) {
      startMs[trace] = start;
      first[trace] = span;
    }
    endMs[trace] = Math.max(endMs[trace] ?? 0, end);
  }
  return { spans, first, startMs, endMs };
}

/** Returns, by trace, the highest number of attempts at one message or Job, if it exceeds `maxAttempts`. */
function mostAttempts(
  { forest: { store }, messages, jobs, limits }: LintContext,
  spans: Int32Array,
): Map<number, number> {
  const counts = new Map<string, number>();
  const most = new Map<number, number>();
  const count = (span: number, work: string) => {
    const trace = store.trace.at(span);
    if ((spans[trace] ?? 0) <= limits.maxAttempts) return;
    const attempts = (counts.get(`${trace}/${work}`) ?? 0) + 1;
    counts.set(`${trace}/${work}`, attempts);
    if (attempts > limits.maxAttempts) most.set(trace, Math.max(attempts, most.get(trace) ?? 0));
  };
  for (const span of messages.consumers) {
    const { id } = messages.facts(span);
    // Each receiver of a message makes its own attempts.
    if (id !== 0) count(span, `${id}/${store.serviceOf(span)}/${store.name.at(span)}`);
  }
  for (const {
    resource,
    entries: [first = 0],
  } of jobs.runs)
    count(first, `job/${resource.jobUid}/${resource.jobName}`);
  return most;
}
