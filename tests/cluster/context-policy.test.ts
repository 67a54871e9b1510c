import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { environmentsOf, JOB_CASES, jobOf, POD_CASES, podOf } from '../conformance/admission/cases.ts';
import { admittedJob, admittedPod, applyPolicy, OPT_IN } from './support/context-policy.ts';
import { makeNamespace, type TestNamespace } from './support/namespace.ts';

let optedIn: TestNamespace;
let other: TestNamespace;
let takeOff: () => Promise<void>;
before(async () => {
  [optedIn, other] = await Promise.all([makeNamespace(OPT_IN), makeNamespace()]);
  takeOff = await applyPolicy(optedIn);
});
after(async () => {
  await takeOff();
  await Promise.all([optedIn.remove(), other.remove()]);
});

for (const one of POD_CASES) {
  test(`policy, pod: ${one.name}`, async () => {
    const admitted = await admittedPod(optedIn, podOf(one));
    assert.deepEqual(environmentsOf(admitted), one.given);
  });
}

for (const one of JOB_CASES) {
  test(`policy, Job: ${one.name}`, async () => {
    const { spec } = await admittedJob(optedIn, jobOf(one));
    assert.deepEqual(spec?.template.metadata?.annotations ?? {}, one.given);
  });
}

test('what was admitted once is admitted again as it is', async () => {
  for (const one of POD_CASES) {
    const { metadata, spec } = await admittedPod(optedIn, podOf(one));
    const { name, annotations, ownerReferences } = metadata ?? {};
    const again = await admittedPod(optedIn, { metadata: { name, annotations, ownerReferences }, spec });
    assert.deepEqual(environmentsOf(again), one.given, one.name);
  }
});

test('a namespace without the label is left alone', async () => {
  for (const one of POD_CASES) {
    const given = podOf(one);
    assert.deepEqual(environmentsOf(await admittedPod(other, given)), environmentsOf(given), one.name);
  }
});
