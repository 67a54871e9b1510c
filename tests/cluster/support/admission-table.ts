import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportJobManifest } from '../../../services/job-launcher/job-manifest.ts';
import { JOB_CASES, jobOf } from '../../conformance/admission/job-cases.ts';
import { environmentsOf, POD_CASES, podOf } from '../../conformance/admission/pod-cases.ts';
import { admittedJob, admittedPod } from './context-policy.ts';
import { contextOf } from './made-job.ts';
import type { AdmissionNamespaces } from './admission-namespaces.ts';

/** Defines tests that send each case of the table to the API server as a dry run. `by` names what injects the context. */
export function defineAdmissionTable(by: string, namespaces: () => AdmissionNamespaces): void {
  for (const one of POD_CASES) {
    void test(`${by}, pod: ${one.name}`, async () => {
      const admitted = await admittedPod(namespaces().optedIn, podOf(one));
      assert.deepEqual(environmentsOf(admitted), one.given);
    });
  }

  for (const one of JOB_CASES) {
    void test(`${by}, Job: ${one.name}`, async () => {
      const { spec } = await admittedJob(namespaces().optedIn, jobOf(one));
      assert.deepEqual(spec?.template.metadata?.annotations ?? {}, one.given);
    });
  }

  void test(`${by}: what was admitted once is admitted again as it is`, async () => {
    for (const one of POD_CASES) {
      const { metadata, spec } = await admittedPod(namespaces().optedIn, podOf(one));
      const { name, annotations, ownerReferences } = metadata ?? {};
      const body = { metadata: { name, annotations, ownerReferences }, spec: spec! };
      const again = await admittedPod(namespaces().optedIn, body);
      assert.deepEqual(environmentsOf(again), one.given, one.name);
    }
  });

  void test(`${by}: a namespace without the label is left alone`, async () => {
    for (const one of POD_CASES) {
      const pod = podOf(one);
      assert.deepEqual(environmentsOf(await admittedPod(namespaces().other, pod)), environmentsOf(pod));
    }
  });

  void test(`${by}: a Job of the launcher and its pod are the same as without`, async () => {
    const { optedIn, other } = namespaces();
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
}

const own = (annotations: Record<string, string> = {}) => Object.keys(annotations).toSorted();

async function launched(namespace: string) {
  const settings = {
    namespace,
    image: 'none:1',
    mongodbUri: 'mongodb://nowhere.invalid/',
    mongodbDatabase: 'none',
    otlpEndpoint: 'http://nowhere.invalid',
    backoffLimit: 0,
    deadlineSeconds: 60,
    ttlSeconds: 60,
  };
  return reportJobManifest('0'.repeat(24), settings, { context: contextOf('5'.repeat(32)), at: new Date(0) });
}
