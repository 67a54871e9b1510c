import type { LintContext, Match } from '../context.ts';
import type { Rule } from './rule.ts';

export const clock: Rule = {
  id: 'clock',
  severity: 'warning',
  definition:
    'A span has no start time, or impossible times: it begins before its parent, ends before it begins, or begins more than a day in the future. If a span begins before its parent or ends before it begins, the rule ignores a difference up to the setting `clock`.',
  sources: [
    'https://opentelemetry.io/docs/specs/otel/trace/api/#span',
    'https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto',
  ],
  cannotKnow:
    'Which clock is wrong, if a span and its parent come from different processes. The rule does not compare a span with a parent from the same process, because both have the same clock. Such a span may begin before its parent, for example if it records how long an order has waited.',
  mend: 'Synchronize the clocks (NTP), or increase the setting `clock`.',
  find: wrongTimes,
};

const DAY_MS = 86_400_000;

function* wrongTimes(context: LintContext): Generator<Match> {
  for (const span of context.forest.order) {
    const match = wrongTime(context, span);
    if (match) yield match;
  }
}

function wrongTime({ forest, limits, label }: LintContext, span: number): Match | undefined {
  const { store } = forest;
  const [startMs, endMs] = [store.start.at(span), store.end.at(span)];
  const found = (evidence: string, from?: number): Match => ({
    certainty: 'certain',
    ...(from !== undefined && { from }),
    to: span,
    evidence: [evidence],
  });
  if (startMs === 0) return found(`${label(span)} has no start time.`);
  if (endMs < startMs - limits.clockMs)
    return found(`${label(span)} ends ${Math.round(startMs - endMs)} ms before it begins.`);
  if (startMs > limits.nowMs + DAY_MS)
    return found(`${label(span)} begins ${Math.round((startMs - limits.nowMs) / DAY_MS)} days from now.`);
  const parent = forest.parentOf(span);
  if (parent < 0 || forest.areOneProcess(parent, span) || store.start.at(parent) === 0) return undefined;
  const earlyMs = store.start.at(parent) - startMs;
  if (earlyMs <= limits.clockMs) return undefined;
  return found(`${label(span)} begins ${Math.round(earlyMs)} ms before its parent ${label(parent)}.`, parent);
}
