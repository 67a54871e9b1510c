import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeProcess } from './resource.ts';

test('Kubernetes variables become attributes of the conventions', () => {
  const { attributes } = describeProcess('report-job', {
    K8S_NAMESPACE: 'default',
    K8S_POD_NAME: 'report-1-x7',
    K8S_POD_UID: 'uid-of-pod',
    K8S_JOB_NAME: 'report-1',
    K8S_JOB_UID: 'uid-of-job',
  });
  assert.deepEqual(
    Object.fromEntries(Object.entries(attributes).filter(([name]) => name.startsWith('k8s.'))),
    {
      'k8s.namespace.name': 'default',
      'k8s.pod.name': 'report-1-x7',
      'k8s.pod.uid': 'uid-of-pod',
      'k8s.job.name': 'report-1',
      'k8s.job.uid': 'uid-of-job',
    },
  );
  assert.equal(attributes['service.name'], 'report-job');
  assert.equal(attributes['service.instance.id'], 'uid-of-pod');
});

test('outside Kubernetes no k8s attribute appears', () => {
  const { attributes } = describeProcess('writer', {});
  assert.deepEqual(
    Object.keys(attributes).filter((name) => name.startsWith('k8s.')),
    [],
  );
});
