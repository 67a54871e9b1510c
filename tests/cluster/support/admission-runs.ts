import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { V1Container, V1EphemeralContainer, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import type { Plain } from '../../conformance/kubernetes/manifests.ts';
import type { RunningTraceStore } from '@beyond-headers/trace-store';
import { waitForTrace } from '@beyond-headers/traces';
import { carried, podOf } from '../../conformance/admission/cases.ts';
import { until } from '../../support/until.ts';
import type { TestNamespace } from './namespace.ts';

const run = promisify(execFile);

export interface AdmissionNamespaces {
  optedIn: TestNamespace;
  other: TestNamespace;
  traces: RunningTraceStore;
}

export const SPAN_ID = 'b7ad6b7169203331';
const traceparentOf = (traceId: string): string => `00-${traceId}-${SPAN_ID}-01`;

/** A program that doesn't extract a context itself. With STAYS after it, it keeps running, as a server does. */
const WORK = `
  const { trace } = require('@opentelemetry/api');
  const span = trace.getTracer('work').startSpan('work');
  span.end();
  console.log(span.spanContext().traceId);
`;
export const STAYS = 'setInterval(() => {}, 1_000);';

/** Runs examples/python-job with a longer export timeout: on a busy machine, its default of 2 s loses spans. */
const PATIENT_JOB = 'import job, tracing; tracing.EXPORT_TIMEOUT_SECONDS = 30; job.main()';

/** Prints the environment of a process without an SDK. */
const PRINT = 'console.log(JSON.stringify(process.env));';

/** Defines tests that run pods of each origin with programs that don't extract a context themselves. `by` names what injects it. */
export function defineAdmissionRuns(by: string, namespaces: () => AdmissionNamespaces): void {
  void test(`${by}: a Job annotated by kubectl joins, in each of its programs`, async () => {
    const traceId = newTraceId();
    const { name } = namespaces().optedIn;
    const manifest = JSON.stringify(jobManifest('annotated', namespaces()));
    const annotate = [
      'annotate',
      '--local',
      '-f',
      '-',
      '-o',
      'yaml',
      `tracing.k8s.io/traceparent=${traceparentOf(traceId)}`,
    ];
    const annotated = await kubectlFed(manifest, ...annotate);
    await kubectlFed(annotated, '-n', name, 'create', '-f', '-');
    const pod = await podWith('batch.kubernetes.io/job-name=annotated', namespaces());
    await joins(pod, traceId, namespaces());
  });

  void test(`${by}: a run of a CronJob links`, async () => {
    const traceId = newTraceId();
    const { batch, name: namespace } = namespaces().optedIn;
    const annotations = carried({ traceparent: traceparentOf(traceId) });
    await batch.createNamespacedCronJob({
      namespace,
      body: {
        metadata: { name: 'nightly' },
        spec: {
          schedule: '0 3 * * *',
          jobTemplate: { metadata: { annotations }, spec: jobManifest('', namespaces()).spec },
        },
      },
    });
    await run('kubectl', ['-n', namespace, 'create', 'job', 'nightly-1', '--from=cronjob/nightly']);
    await links(await podWith('batch.kubernetes.io/job-name=nightly-1', namespaces()), traceId, namespaces());
  });

  void test(`${by}: a bare pod joins`, async () => {
    const traceId = newTraceId();
    const { core, name: namespace } = namespaces().optedIn;
    const annotations = carried({ traceparent: traceparentOf(traceId) });
    const metadata = { name: 'bare', labels: { app: 'bare' }, annotations };
    await core.createNamespacedPod({ namespace, body: { metadata, spec: specOf(namespaces()) } });
    await joins(await podWith('app=bare', namespaces()), traceId, namespaces());
  });

  void test(`${by}: the pod of a Deployment links`, async () => {
    const traceId = newTraceId();
    const labels = { app: 'lasting' };
    const annotations = carried({ traceparent: traceparentOf(traceId) });
    const spec = { ...specOf(namespaces(), STAYS), restartPolicy: 'Always' };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'lasting' },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec } },
    };
    await kubectlFed(JSON.stringify(deployment), '-n', namespaces().optedIn.name, 'create', '-f', '-');
    await links(await podWith('app=lasting', namespaces()), traceId, namespaces());
  });

  void test(`${by}: an ephemeral container gets the context, those before it stay`, async () => {
    const traceId = newTraceId();
    const { core, name: namespace } = namespaces().optedIn;
    const annotations = carried({ traceparent: traceparentOf(traceId) });
    const spec = specOf(namespaces(), STAYS);
    await core.createNamespacedPod({
      namespace,
      body: { metadata: { name: 'debugged', annotations }, spec },
    });
    const debug = async (name: string) => {
      const { spec: now } = await core.readNamespacedPod({ namespace, name: 'debugged' });
      const container: V1EphemeralContainer = {
        ...containerOf(name, namespaces(), PRINT),
        terminationMessagePolicy: 'File',
      };
      const ephemeralContainers = [...(now?.ephemeralContainers ?? []), container];
      await core.replaceNamespacedPodEphemeralcontainers({
        namespace,
        name: 'debugged',
        // Without a resource version, because the kubelet updates the status meanwhile. Without annotations, because the pod keeps its own.
        body: {
          metadata: { name: 'debugged' },
          spec: { containers: now?.containers ?? [], ephemeralContainers },
        },
      });
      return JSON.parse(await logOf('debugged', name, namespaces())) as NodeJS.ProcessEnv;
    };
    assert.equal((await debug('first'))['TRACEPARENT'], traceparentOf(traceId));
    assert.equal((await debug('second'))['TRACEPARENT'], traceparentOf(traceId));
  });

  void test(`${by}: hostile annotations change only the context`, async () => {
    const plain = await environmentWith({}, namespaces());
    assert.equal(plain['SECRET'], 's3cret');
    const traceparent = traceparentOf(newTraceId());
    for (const annotations of [
      carried({ traceparent: '$(SECRET)' }),
      carried({ traceparent: `${traceparent}\nLD_PRELOAD=/tmp/x` }),
      carried({ traceparent: traceparent.toUpperCase() }),
      { 'tracing.k8s.io/Traceparent': traceparent },
      carried({ traceparent: 'x'.repeat(130_000) }),
    ]) {
      assert.deepEqual(await environmentWith(annotations, namespaces()), plain);
    }
    for (const value of ['a=$(SECRET)', 'a=1\nb=2', `a=${'x'.repeat(130_000)}`]) {
      const { TRACEPARENT, TRACESTATE, TELEMETRY_IMPLICIT_EXTRACTION, ...others } = await environmentWith(
        carried({ traceparent, tracestate: value }),
        namespaces(),
      );
      assert.equal(TRACEPARENT, traceparent);
      assert.equal(TRACESTATE, value === 'a=$(SECRET)' ? value : undefined);
      assert.equal(TELEMETRY_IMPLICIT_EXTRACTION, 'on');
      assert.deepEqual(others, plain);
    }
  });
}

/** Asserts that an annotated pod gets the same environment as any other, after the policy or webhook is removed. */
export async function runsWithout(namespaces: AdmissionNamespaces): Promise<void> {
  const annotations = carried({ traceparent: traceparentOf(newTraceId()) });
  assert.deepEqual(await environmentWith(annotations, namespaces), await environmentWith({}, namespaces));
}

/** On a busy machine Python takes seconds to load its SDK. */
const SPANS_ARRIVE = { deadlineMs: 60_000 };

let traceIds = 0;
export const newTraceId = (): string =>
  `${Date.now().toString(16)}${(++traceIds).toString(16)}`.padEnd(32, 'c');

const RESTRICTED = podOf({ name: '', annotations: {}, given: {} });

/** Returns a pod spec for `restricted` with a program that has the preload, one without an SDK, and Python's if PYTHON_JOB_IMAGE is set. */
export function specOf(namespaces: AdmissionNamespaces, more = ''): Plain<V1PodSpec> {
  const python = process.env['PYTHON_JOB_IMAGE'];
  const preload = ['node', '--import', '@beyond-headers/telemetry/register', '-e', WORK + more];
  return {
    ...RESTRICTED.spec,
    terminationGracePeriodSeconds: 1,
    initContainers: [],
    containers: [
      { ...containerOf('preload', namespaces, ''), command: preload },
      containerOf('without-sdk', namespaces, PRINT + more),
      ...(python
        ? [
            {
              ...containerOf('python', namespaces, ''),
              image: python,
              command: ['python', '-c', PATIENT_JOB, 'two', 'words'],
            },
          ]
        : []),
    ],
  };
}

export function containerOf(
  name: string,
  { optedIn, traces }: AdmissionNamespaces,
  program: string,
): Plain<V1Container> {
  return {
    securityContext: RESTRICTED.spec.containers[0]!.securityContext!,
    name,
    image: process.env['REPORT_JOB_IMAGE'] ?? '',
    imagePullPolicy: 'Never',
    command: ['node', '-e', program],
    env: [
      { name: 'SECRET', value: 's3cret' },
      { name: 'OTEL_SERVICE_NAME', value: name },
      {
        name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        value: `http://${optedIn.hostAddress}:${new URL(traces.otlpUrl).port}`,
      },
      // Long enough to lose no span on a busy machine.
      { name: 'TELEMETRY_FLUSH_BUDGET_MS', value: '30000' },
      { name: 'OTEL_EXPORTER_OTLP_TIMEOUT', value: '30000' },
    ],
  };
}

export function jobManifest(name: string, namespaces: AdmissionNamespaces) {
  const template = { spec: specOf(namespaces) };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template } };
}

async function kubectlFed(input: string, ...args: string[]): Promise<string> {
  const running = run('kubectl', args);
  running.child.stdin?.end(input);
  return (await running).stdout;
}

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
async function logOf(pod: string, container: string, { optedIn }: AdmissionNamespaces): Promise<string> {
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
    queryUrl(namespaces),
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
  const [span] = await waitForTrace(queryUrl(namespaces), own, undefined, SPANS_ARRIVE);
  assert.equal(span?.parentSpanId, undefined);
  assert.deepEqual(
    span?.links.map((link) => [link.traceId, link.spanId]),
    [[traceId, SPAN_ID]],
  );
}

const queryUrl = ({ traces }: AdmissionNamespaces): string =>
  `http://127.0.0.1:${new URL(traces.queryUrl).port}`;

let pods = 0;
/** Returns the environment of a container in a pod with these annotations, without HOSTNAME, which differs between pods. */
async function environmentWith(
  annotations: Record<string, string>,
  namespaces: AdmissionNamespaces,
): Promise<NodeJS.ProcessEnv> {
  const { core, name: namespace } = namespaces.optedIn;
  const name = `printer-${++pods}`;
  const spec = { ...specOf(namespaces), containers: [containerOf('main', namespaces, PRINT)] };
  await core.createNamespacedPod({
    namespace,
    body: { metadata: { name, annotations }, spec } satisfies V1Pod,
  });
  const { HOSTNAME, ...env } = JSON.parse(await logOf(name, 'main', namespaces)) as NodeJS.ProcessEnv;
  assert.equal(HOSTNAME, name);
  return env;
}
