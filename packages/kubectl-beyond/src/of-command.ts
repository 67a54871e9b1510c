import { parseArgs } from 'node:util';
import { fetchTrace, renderWaterfall, type Span } from '@beyond-headers/traces';
import type { SpanContext } from '@opentelemetry/api';
import type { Pod } from './objects.ts';
import { UsageError, type Output } from './output.ts';
import { readSubject, type Subject } from './subject.ts';
import { whyIncomplete } from './why-incomplete.ts';

/** 0: ended, with a complete trace. 1: incomplete. 3: still running. 2 is for wrong usage and for input that can't be read. */
export type OfExitCode = 0 | 1 | 3;

const OPTIONS = {
  jaeger: { type: 'string', default: process.env['TRACES_QUERY_URL'] || 'http://127.0.0.1:16686' },
  namespace: { type: 'string', short: 'n' },
  context: { type: 'string' },
  kubeconfig: { type: 'string' },
  width: { type: 'string', default: '100' },
  ascii: { type: 'boolean', default: false },
} as const;

/** Implements `kubectl beyond of job/x`: draws the trace, and explains what is missing and why. */
export async function ofCommand(args: readonly string[], output: Output): Promise<OfExitCode> {
  const { values, positionals } = parsed(args);
  const width = Number(values.width);
  if (!Number.isInteger(width) || width < 1)
    throw new UsageError(`of: --width is ${JSON.stringify(values.width)}, expected a number of columns.`);
  if (positionals.length !== 1) throw new UsageError('of: expected one job/NAME, pod/NAME or cronjob/NAME.');
  const where = (['namespace', 'context', 'kubeconfig'] as const).flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}=${values[name]}`],
  );
  const subject = await readSubject(positionals[0] ?? '', where);
  const spans = subject.carried ? await fetchTrace(values.jaeger, subject.carried.traceId) : [];
  if (spans.length > 0) {
    output.out(renderWaterfall(spans, { ascii: values.ascii, width, color: output.color }));
  }
  return explain(subject, spans, output);
}

function explain(subject: Subject, spans: readonly Span[], output: Output): OfExitCode {
  const { name, carried, pods, isOver, isLinked } = subject;
  if (isLinked)
    output.out(`${name} starts traces of its own, which link to ${carried?.traceId}: TRACE_SHAPE=link.`);
  const isThere = isLinked || (carried !== undefined && isReached(spans, carried, pods));
  // Once one container is in the trace, another may have no SDK, so only failures count.
  const reasons = whyIncomplete(carried, pods).filter(
    (reason) => !isThere || /was killed|does not start|ended with/.test(reason),
  );
  if (isThere && reasons.length === 0) {
    output.out(`${name} is ${isOver ? 'over, and in the trace' : 'running, and in the trace'}.`);
    return isOver ? 0 : 3;
  }
  const which = carried ? `the trace ${carried.traceId}` : 'any known trace';
  const place = isThere ? `is in ${which}, which lacks something` : `is not in ${which}`;
  output.out(`${name} ${isOver ? 'is over and' : 'is running and'} ${place}.`);
  for (const reason of reasons) output.out(`- ${reason}`);
  if (reasons.length > 0) return 1;
  output.out(
    '- The cluster shows no reason: does the program have an SDK, and does it export to this store?',
  );
  return isOver ? 1 : 3;
}

/** Reports whether the trace has a span of a pod, by its resource, or a child of the carried span from another service. */
function isReached(spans: readonly Span[], { spanId }: SpanContext, pods: readonly Pod[]): boolean {
  const names = pods.map(({ metadata }) => metadata.name);
  const carrier = spans.find((span) => span.spanId === spanId)?.service;
  return spans.some(
    ({ resource: { 'k8s.pod.name': pod }, parentSpanId, service }) =>
      (typeof pod === 'string' && names.includes(pod)) || (parentSpanId === spanId && service !== carrier),
  );
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
