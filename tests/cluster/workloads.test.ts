import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { KubernetesObject, V1Container, V1Job, V1PodSpec } from '@kubernetes/client-node';
import { IMPLICIT_EXTRACTION_VARIABLE } from '@beyond-headers/propagation';
import {
  carryIntoResource,
  carryIntoServer,
  carryIntoWork,
} from '../../examples/job-launcher/workloads/carry.ts';
import {
  deploymentOf,
  indexedJobOf,
  jobSetOf,
  podOf,
  type JobSet,
} from '../../examples/job-launcher/workloads/manifests.ts';
import { kubectl, kubectlWith } from '../kustomize/support/kubectl.ts';
import { makeAdmissionNamespaces, type AdmissionNamespaces } from './support/admission-namespaces.ts';
import { provideJobSets } from './support/job-set-kind.ts';
import { specOf, STAYS } from './support/work-pods.ts';
import { joins, links, newTraceId, podsWith, podWith, SPAN_ID } from './support/work-traces.ts';

/* Pods of each kind of workload with a context from injectIntoPodSpec, under Pod Security `restricted`, without a policy or a webhook. */

let namespaces: AdmissionNamespaces;
let takeOffJobSets: () => Promise<void>;
before(async () => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  namespaces = await makeAdmissionNamespaces();
  takeOffJobSets = await provideJobSets();
});
after(async () => {
  await namespaces.remove();
  await takeOffJobSets();
});

test('bare pod joins the trace of its launch', async () => {
  const traceId = newTraceId();
  const pod = podOf(placeOf('bare'));
  fill(pod.spec!);
  await launch(traceId, named(pod, 'bare', { app: 'bare' }), carryIntoWork);
  await joins(await podWith('app=bare', namespaces), traceId, namespaces);
});

test('each pod of an Indexed Job joins', async () => {
  const traceId = newTraceId();
  const job = indexedJobOf(placeOf('indexed'));
  fill(job.spec!.template.spec!);
  await launch(traceId, named(job, 'indexed'), carryIntoWork);
  const pods = await podsWith('batch.kubernetes.io/job-name=indexed', 2, namespaces);
  for (const pod of pods) await joins(pod, traceId, namespaces);
});

test('pod of a Deployment links to its launch', async () => {
  const traceId = newTraceId();
  const deployment = deploymentOf(placeOf('lasting'));
  fill(deployment.spec!.template.spec!, STAYS);
  deployment.spec!.template.spec!.restartPolicy = 'Always';
  await launch(traceId, named(deployment, 'lasting'), carryIntoServer);
  await links(await podWith('app=lasting', namespaces), traceId, namespaces);
});

test('each Job of a custom resource joins', async () => {
  const traceId = newTraceId();
  const jobSet = jobSetOf(placeOf('set'));
  for (const { template } of jobSet.spec.replicatedJobs) fill(template.spec!.template.spec!);
  await launch(traceId, named(jobSet, 'set'), (resource) =>
    carryIntoResource(resource, 'spec.replicatedJobs.*.template'),
  );
  for (const name of await controlled('set')) {
    await joins(await podWith(`batch.kubernetes.io/job-name=${name}`, namespaces), traceId, namespaces);
  }
});

/** A placeholder for the container in the example's manifests, which `fill` replaces. */
const placeOf = (name: string): V1Container => ({ name });

/**
 * Puts the programs of the admission tests into a pod spec. Outside of Jobs, the preload extracts the context only if a variable is `on`.
 */
function fill(podSpec: V1PodSpec, more = ''): void {
  Object.assign(podSpec, specOf(namespaces, more));
  for (const { env } of podSpec.containers) env?.push({ name: IMPLICIT_EXTRACTION_VARIABLE, value: 'on' });
}

function named<W extends KubernetesObject>(workload: W, name: string, labels = {}): W {
  workload.metadata = { name, labels };
  return workload;
}

/** Creates a workload after `carry` has written the context of the launch into it. */
async function launch<W extends object>(traceId: string, workload: W, carry: (workload: W) => void) {
  const current = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: SPAN_ID, traceFlags: 1 });
  context.with(current, () => carry(workload));
  await kubectlWith([workload], '-n', namespaces.optedIn.name, 'create');
}

/** Creates the Jobs of a JobSet, as its controller does, from the JobSet in the API server. Returns their names. */
async function controlled(name: string): Promise<string[]> {
  const { name: namespace } = namespaces.optedIn;
  const { spec } = JSON.parse(await kubectl('-n', namespace, 'get', 'jobset', name, '-o', 'json')) as JobSet;
  assert.equal(spec.replicatedJobs.length, 2);
  const jobs = spec.replicatedJobs.map(({ name: part, template }): V1Job => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${name}-${part}-0` },
    ...template,
  }));
  await kubectlWith(jobs, '-n', namespace, 'create');
  return jobs.map(({ metadata }) => metadata!.name!);
}
