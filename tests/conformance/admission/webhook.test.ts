import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { V1EnvVar, V1ObjectMeta } from '@kubernetes/client-node';
import { answerReview } from '../../../services/context-webhook/answer-review.ts';
import { applyPatch } from './apply-patch.ts';
import { JOB_CASES, jobOf } from './job-cases.ts';
import { environmentsOf, POD_CASES, podOf } from './pod-cases.ts';

interface Answer {
  response: { uid: string; allowed: boolean; patchType?: string; patch?: string };
}

const silent = { warn: () => undefined };

const RESOURCES: Record<string, { group: string; resource: string; subResource?: string }> = {
  pods: { group: '', resource: 'pods' },
  'pods/ephemeralcontainers': { group: '', resource: 'pods', subResource: 'ephemeralcontainers' },
  jobs: { group: 'batch', resource: 'jobs' },
};

/** Returns the AdmissionReview that an API server sends to a webhook. */
function reviewOf(object: object, asked = 'pods', oldObject: object | null = null): object {
  const { group, resource, subResource } = RESOURCES[asked]!;
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: 'asked-1',
      resource: { group, version: 'v1', resource },
      ...(subResource && { subResource }),
      operation: oldObject ? 'UPDATE' : 'CREATE',
      object,
      oldObject,
    },
  };
}

/** Returns the object after the webhook's patch, as the API server applies it. */
function admitted<T extends object>(object: T, ...more: [resource?: string, before?: object]): T {
  const { response } = answerReview(reviewOf(object, ...more), silent) as Answer;
  assert.equal(response.allowed, true);
  if (!response.patch) return object;
  assert.equal(response.patchType, 'JSONPatch');
  return applyPatch(object, JSON.parse(Buffer.from(response.patch, 'base64').toString()));
}

/** Adds the API version to references, as the API server does. */
const withVersions = (environments: Record<string, V1EnvVar[]>) =>
  Object.fromEntries(Object.entries(environments).map(([name, env]) => [name, env.map(withVersion)]));
const withVersion = ({ name, value, valueFrom }: V1EnvVar): V1EnvVar =>
  valueFrom?.fieldRef
    ? { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: valueFrom.fieldRef.fieldPath } } }
    : { name, ...(value !== undefined && { value }) };

for (const one of POD_CASES) {
  test(`webhook, pod: ${one.name}`, () => {
    const pod = admitted(podOf(one));
    assert.deepEqual(withVersions(environmentsOf(pod)), one.given);
    assert.deepEqual(admitted(pod), pod, 'a second time changes nothing');
  });
}

for (const one of JOB_CASES) {
  test(`webhook, Job: ${one.name}`, () => {
    const job = admitted(jobOf(one), 'jobs');
    assert.deepEqual(job.spec?.template.metadata?.annotations ?? {}, one.given);
    assert.deepEqual(admitted(job, 'jobs'), job, 'a second time changes nothing');
  });
}

test('of ephemeral containers only the new one gets the context of the pod', () => {
  const [, all] = POD_CASES;
  const before = podOf(all!);
  const ephemeral = (metadata: V1ObjectMeta | undefined, ...names: string[]) => ({
    metadata,
    spec: { ...before.spec, ephemeralContainers: names.map((name) => ({ name })) },
  });
  const pod = admitted(
    ephemeral({ name: 'case' }, 'old', 'new'),
    'pods/ephemeralcontainers',
    ephemeral(before.metadata, 'old'),
  );
  const changed = Object.entries(environmentsOf(pod)).filter(
    ([name, env]) => env.length !== environmentsOf(before)[name]?.length && env.length > 0,
  );
  assert.deepEqual(
    changed.map(([name]) => name),
    ['new'],
  );
});

for (const [name, object] of Object.entries({
  nothing: null,
  text: 'pod',
  'a pod without a spec': { metadata: {} },
  'containers of another type': { spec: { containers: 'none' } },
  'annotations of another type': { metadata: { annotations: { 'tracing.k8s.io/traceparent': 1 } }, spec: {} },
})) {
  test(`webhook admits ${name} as it is and says so`, () => {
    const said: unknown[] = [];
    const answer = answerReview(reviewOf(object as unknown as object), {
      warn: (...line: unknown[]) => said.push(line),
    });
    assert.deepEqual((answer as Answer).response, { uid: 'asked-1', allowed: true });
    assert.equal(said.length, 1);
  });
}

for (const body of [
  undefined,
  null,
  [],
  {},
  { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1beta1' },
]) {
  test(`webhook does not answer ${JSON.stringify(body)}`, () => {
    assert.equal(answerReview(body, silent), undefined);
  });
}
