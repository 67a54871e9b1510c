import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { V1EphemeralContainer, V1Pod } from '@kubernetes/client-node';
import { readConfig } from '@beyond-headers/service-kit';
import { jobLauncherConfig, jobSettings } from '../../services/job-launcher/config.ts';
import { reportJobManifest } from '../../services/job-launcher/job-manifest.ts';
import { carried } from '../conformance/admission/annotations.ts';
import { JOB_CASES, jobOf } from '../conformance/admission/job-cases.ts';
import { environmentsOf, POD_CASES, podOf } from '../conformance/admission/pod-cases.ts';
import { kubectl, kubectlWith } from '../kustomize/support/kubectl.ts';
import { run } from '../support/run.ts';
import { makeAdmissionNamespaces, type AdmissionNamespaces } from './support/admission-namespaces.ts';
import { admittedJob, admittedPod, applyPolicy, OPT_IN } from './support/context-policy.ts';
import { applyWebhook } from './support/context-webhook.ts';
import { contextOf } from './support/made-job.ts';
import { containerOf, jobManifest, PRINT, specOf, STAYS } from './support/work-pods.ts';
import { joins, links, logOf, newTraceId, podWith, traceparentOf } from './support/work-traces.ts';

/* A policy or a webhook that injects the context of annotations. The tables send each case to the API server as a dry run. */

/** For all tests of one of them. */
const TIMEOUT_MS = 10 * 60_000;

for (const [by, apply] of [
  ['policy', applyPolicy],
  ['webhook', applyWebhook],
] as const)
  describe(by, { timeout: TIMEOUT_MS }, () => {
    let namespaces: AdmissionNamespaces;
    let takeOff: (() => Promise<void>) | undefined;
    before(async () => {
      namespaces = await makeAdmissionNamespaces(OPT_IN);
      takeOff = await apply(namespaces.optedIn);
    });
    after(async () => {
      await takeOff?.();
      await namespaces.remove();
    });

    for (const one of POD_CASES) {
      test(`${by}, pod: ${one.name}`, async () => {
        const admitted = await admittedPod(namespaces.optedIn, podOf(one));
        assert.deepEqual(environmentsOf(admitted), one.given);
      });
    }

    for (const one of JOB_CASES) {
      test(`${by}, Job: ${one.name}`, async () => {
        const { spec } = await admittedJob(namespaces.optedIn, jobOf(one));
        assert.deepEqual(spec?.template.metadata?.annotations ?? {}, one.given);
      });
    }

    test(`${by}: what was admitted once is admitted again as it is`, async () => {
      for (const one of POD_CASES) {
        const { metadata, spec } = await admittedPod(namespaces.optedIn, podOf(one));
        const { name, annotations, ownerReferences } = metadata ?? {};
        const body = { metadata: { name, annotations, ownerReferences }, spec: spec! };
        const again = await admittedPod(namespaces.optedIn, body);
        assert.deepEqual(environmentsOf(again), one.given, one.name);
      }
    });

    test(`${by}: a namespace without the label is left alone`, async () => {
      for (const one of POD_CASES) {
        const pod = podOf(one);
        assert.deepEqual(environmentsOf(await admittedPod(namespaces.other, pod)), environmentsOf(pod));
      }
    });

    test(`${by}: a Job of the launcher and its pod are the same as without`, async () => {
      const { optedIn, other } = namespaces;
      const made = await Promise.all(
        [optedIn, other].map((one) => launched(one.name).then((job) => admittedJob(one, job))),
      );
      const [withIt, without] = made.map(({ spec }) =>
        JSON.stringify([spec?.template.spec, own(spec?.template.metadata?.annotations)]),
      );
      assert.equal(withIt, without);
      const template = made[0]!.spec!.template;
      const pod = await admittedPod(optedIn, {
        metadata: { name: 'of-launcher', annotations: template.metadata?.annotations },
        spec: template.spec!,
      });
      assert.deepEqual(environmentsOf(pod), environmentsOf({ spec: template.spec! }));
    });

    test(`${by}: a Job annotated by kubectl joins, in each of its programs`, async () => {
      const traceId = newTraceId();
      const { name } = namespaces.optedIn;
      const manifest = JSON.stringify(jobManifest('annotated', namespaces));
      const annotation = `tracing.k8s.io/traceparent=${traceparentOf(traceId)}`;
      const annotate = ['annotate', '--local', '-f', '-', '-o', 'yaml', annotation];
      const annotated = await run('kubectl', annotate, { input: manifest });
      await run('kubectl', ['-n', name, 'create', '-f', '-'], { input: annotated });
      const pod = await podWith('batch.kubernetes.io/job-name=annotated', namespaces);
      await joins(pod, traceId, namespaces);
    });

    test(`${by}: a run of a CronJob links`, async () => {
      const traceId = newTraceId();
      const { batch, name: namespace } = namespaces.optedIn;
      const annotations = carried({ traceparent: traceparentOf(traceId) });
      await batch.createNamespacedCronJob({
        namespace,
        body: {
          metadata: { name: 'nightly' },
          spec: {
            schedule: '0 3 * * *',
            jobTemplate: { metadata: { annotations }, spec: jobManifest('', namespaces).spec },
          },
        },
      });
      await kubectl('-n', namespace, 'create', 'job', 'nightly-1', '--from=cronjob/nightly');
      await links(await podWith('batch.kubernetes.io/job-name=nightly-1', namespaces), traceId, namespaces);
    });

    test(`${by}: a bare pod joins`, async () => {
      const traceId = newTraceId();
      const { core, name: namespace } = namespaces.optedIn;
      const annotations = carried({ traceparent: traceparentOf(traceId) });
      const metadata = { name: 'bare', labels: { app: 'bare' }, annotations };
      await core.createNamespacedPod({ namespace, body: { metadata, spec: specOf(namespaces) } });
      await joins(await podWith('app=bare', namespaces), traceId, namespaces);
    });

    test(`${by}: the pod of a Deployment links`, async () => {
      const traceId = newTraceId();
      const labels = { app: 'lasting' };
      const annotations = carried({ traceparent: traceparentOf(traceId) });
      const spec = { ...specOf(namespaces, STAYS), restartPolicy: 'Always' };
      const deployment = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'lasting' },
        spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec } },
      };
      await kubectlWith([deployment], '-n', namespaces.optedIn.name, 'create');
      await links(await podWith('app=lasting', namespaces), traceId, namespaces);
    });

    test(`${by}: an ephemeral container gets the context, those before it stay`, async () => {
      const traceId = newTraceId();
      const { core, name: namespace } = namespaces.optedIn;
      const annotations = carried({ traceparent: traceparentOf(traceId) });
      const spec = specOf(namespaces, STAYS);
      await core.createNamespacedPod({
        namespace,
        body: { metadata: { name: 'debugged', annotations }, spec },
      });
      const debug = async (name: string) => {
        const { spec: now } = await core.readNamespacedPod({ namespace, name: 'debugged' });
        const container: V1EphemeralContainer = {
          ...containerOf(name, namespaces, PRINT),
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
        return JSON.parse(await logOf('debugged', name, namespaces)) as NodeJS.ProcessEnv;
      };
      assert.equal((await debug('first'))['TRACEPARENT'], traceparentOf(traceId));
      assert.equal((await debug('second'))['TRACEPARENT'], traceparentOf(traceId));
    });

    test(`${by}: hostile annotations change only the context`, async () => {
      const plain = await environmentWith({}, namespaces);
      assert.equal(plain['SECRET'], 's3cret');
      const traceparent = traceparentOf(newTraceId());
      for (const annotations of [
        carried({ traceparent: '$(SECRET)' }),
        carried({ traceparent: `${traceparent}\nLD_PRELOAD=/tmp/x` }),
        carried({ traceparent: traceparent.toUpperCase() }),
        { 'tracing.k8s.io/Traceparent': traceparent },
        carried({ traceparent: 'x'.repeat(130_000) }),
      ]) {
        assert.deepEqual(await environmentWith(annotations, namespaces), plain);
      }
      for (const value of ['a=$(SECRET)', 'a=1\nb=2', `a=${'x'.repeat(130_000)}`]) {
        const { TRACEPARENT, TRACESTATE, TELEMETRY_IMPLICIT_EXTRACTION, ...others } = await environmentWith(
          carried({ traceparent, tracestate: value }),
          namespaces,
        );
        assert.equal(TRACEPARENT, traceparent);
        assert.equal(TRACESTATE, value === 'a=$(SECRET)' ? value : undefined);
        assert.equal(TELEMETRY_IMPLICIT_EXTRACTION, 'on');
        assert.deepEqual(others, plain);
      }
    });

    test(`${by} comes off, and annotated pods run as before`, async () => {
      await takeOff?.();
      takeOff = undefined;
      const annotations = carried({ traceparent: traceparentOf(newTraceId()) });
      assert.deepEqual(await environmentWith(annotations, namespaces), await environmentWith({}, namespaces));
    });
  });

const own = (annotations: Record<string, string> = {}) => Object.keys(annotations).toSorted();

async function launched(namespace: string) {
  const settings = jobSettings(readConfig(jobLauncherConfig, { JOB_NAMESPACE: namespace }));
  return reportJobManifest('0'.repeat(24), settings, { context: contextOf('5'.repeat(32)), at: new Date(0) });
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
