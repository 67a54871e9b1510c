import assert from 'node:assert/strict';
import { waitForTrace } from '@beyond-headers/traces';
import { until } from '../../support/until.ts';
import type { AdmissionNamespaces } from './admission-namespaces.ts';

export const SPAN_ID = 'b7ad6b7169203331';
export const traceparentOf = (traceId: string): string => `00-${traceId}-${SPAN_ID}-01`;

/** On a busy machine Python takes seconds to load its SDK. */
const SPANS_ARRIVE = { deadlineMs: 60_000 };

let traceIds = 0;
export const newTraceId = (): string =>
  `${Date.now().toString(16)}${(++traceIds).toString(16)}`.padEnd(32, 'c');

export async function podWith(labelSelector: string, namespaces: AdmissionNamespaces): Promise<string> {
  const [pod = ''] = await podsWith(labelSelector, 1, namespaces);
  return pod;
}

export async function podsWith(
  labelSelector: string,
  count: number,
  { optedIn: { core, name: namespace } }: AdmissionNamespaces,
): Promise<string[]> {
  const { items } = await until(
    () => core.listNamespacedPod({ namespace, labelSelector }),
    ({ items: found }) => found.length >= count,
    { deadlineMs: 30_000, what: `${count} pods with ${labelSelector}` },
  );
  return items.map(({ metadata }) => metadata?.name ?? '');
}

/** Returns the first line of a container's log. */
export async function logOf(
  pod: string,
  container: string,
  { optedIn }: AdmissionNamespaces,
): Promise<string> {
  const { core, name: namespace } = optedIn;
  const read = () => core.readNamespacedPodLog({ namespace, name: pod, container }).catch(() => '');
  const log = await until(read, (text) => text.includes('\n'), {
    deadlineMs: 60_000,
    what: `the log of ${container} in ${pod}`,
  });
  return log.split('\n')[0] ?? '';
}

export async function joins(pod: string, traceId: string, namespaces: AdmissionNamespaces): Promise<void> {
  const env = JSON.parse(await logOf(pod, 'without-sdk', namespaces)) as NodeJS.ProcessEnv;
  assert.equal(env['TRACEPARENT'], traceparentOf(traceId));
  assert.equal(env['TRACE_SHAPE'], undefined);
  assert.equal(await logOf(pod, 'preload', namespaces), traceId);
  const services = ['preload', ...(process.env['PYTHON_JOB_IMAGE'] ? ['python'] : [])];
  await waitForTrace(
    namespaces.tracesUrl,
    traceId,
    (spans) =>
      services.every((service) =>
        spans.some((span) => span.service === service && span.parentSpanId === SPAN_ID),
      ),
    SPANS_ARRIVE,
  );
}

export async function links(pod: string, traceId: string, namespaces: AdmissionNamespaces): Promise<void> {
  const env = JSON.parse(await logOf(pod, 'without-sdk', namespaces)) as NodeJS.ProcessEnv;
  assert.equal(env['TRACEPARENT'], traceparentOf(traceId));
  assert.equal(env['TRACE_SHAPE'], 'link');
  const own = await logOf(pod, 'preload', namespaces);
  assert.notEqual(own, traceId);
  const [span] = await waitForTrace(namespaces.tracesUrl, own, undefined, SPANS_ARRIVE);
  assert.equal(span?.parentSpanId, undefined);
  assert.deepEqual(
    span?.links.map((link) => [link.traceId, link.spanId]),
    [[traceId, SPAN_ID]],
  );
}
