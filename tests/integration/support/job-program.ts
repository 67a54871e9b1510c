import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { waitForTrace } from '@beyond-headers/traces';
import { traces } from './preload.ts';
import { programEnvironment, runProgram } from './run-program.ts';

let runs = 0;
/** Each run has its own trace id, so that tests don't see each other's spans. */
export const newTraceId = (): string =>
  process.pid.toString(16).padEnd(24, 'a') + (++runs).toString(16).padStart(8, '0');

export const PARENT_SPAN = 'b7ad6b7169203331';

/** The first lines of a program that creates spans with `tracer`. */
export const TRACER = `
  import { trace } from '@opentelemetry/api';
  const tracer = trace.getTracer('work');
`;

/** The environment of a Job whose carrier has a context. */
export const jobEnvironment = (traceId: string, own: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...programEnvironment,
  K8S_JOB_NAME: 'report-test',
  TRACEPARENT: `00-${traceId}-${PARENT_SPAN}-01`,
  OTEL_SERVICE_NAME: 'job',
  OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
  ...own,
});

/** Runs a program as a Job, and asserts its exit code and its only span. Returns the span, with what the program wrote to stderr. */
export async function delivers(
  source: string,
  expected: { code: number; span: string; signal?: NodeJS.Signals; env?: NodeJS.ProcessEnv },
) {
  const traceId = newTraceId();
  const env = { ...expected.env, ...jobEnvironment(traceId) };
  const { code, stderr } = await runProgram(source, env, {
    ...(expected.signal && { signal: expected.signal }),
  });
  assert.equal(code, expected.code, stderr);
  const [span] = await waitForTrace(traces.queryUrl, traceId, (spans) => spans.length === 1);
  assert.equal(span?.name, expected.span);
  assert.equal(span.parentSpanId, PARENT_SPAN);
  return Object.assign(span, { stderr });
}

/** Starts a collector that answers like `answer`. `asked` resolves with its first request. */
export async function collector(answer: RequestListener) {
  const server = await listen(answer);
  return {
    asked: once(server, 'request'),
    url: urlOf(server),
    close: () => cutServer(server),
  };
}
