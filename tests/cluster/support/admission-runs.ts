import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { V1EphemeralContainer, V1Pod } from '@kubernetes/client-node';
import { carried } from '../../conformance/admission/annotations.ts';
import { kubectl, kubectlWith } from '../../kustomize/support/kubectl.ts';
import { run } from '../../support/run.ts';
import type { AdmissionNamespaces } from './admission-namespaces.ts';
import { containerOf, jobManifest, PRINT, specOf, STAYS } from './work-pods.ts';
import { joins, links, logOf, newTraceId, podWith, traceparentOf } from './work-traces.ts';

/** Defines tests that run pods of each origin with programs that don't extract a context themselves. `by` names what injects it. */
export function defineAdmissionRuns(by: string, namespaces: () => AdmissionNamespaces): void {
  void test(`${by}: a Job annotated by kubectl joins, in each of its programs`, async () => {
    const traceId = newTraceId();
    const { name } = namespaces().optedIn;
    const manifest = JSON.stringify(jobManifest('annotated', namespaces()));
    const annotation = `tracing.k8s.io/traceparent=${traceparentOf(traceId)}`;
    const annotate = ['annotate', '--local', '-f', '-', '-o', 'yaml', annotation];
    const annotated = await run('kubectl', annotate, { input: manifest });
    await run('kubectl', ['-n', name, 'create', '-f', '-'], { input: annotated });
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
    await kubectl('-n', namespace, 'create', 'job', 'nightly-1', '--from=cronjob/nightly');
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
    await kubectlWith([deployment], '-n', namespaces().optedIn.name, 'create');
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
