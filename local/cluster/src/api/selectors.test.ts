import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNamespace } from '../namespaces.ts';
import { ApiError } from './api-error.ts';
import { resourceNamed } from './resources.ts';
import { fieldSelector, labelSelector } from './selectors.ts';

const LABELS = { app: 'report', tier: 'batch', 'example.com/x': '1', empty: '' };
const object = { ...newNamespace('n'), metadata: { ...newNamespace('n').metadata, labels: LABELS } };

// A selector, and whether it selects an object with the labels above.
const SELECTORS = [
  ['', true],
  ['app=report', true],
  ['app == report', true],
  ['app=other', false],
  ['app!=other', true],
  ['missing!=x', true],
  ['app', true],
  ['missing', false],
  ['!missing', true],
  ['!app', false],
  ['empty=', true],
  ['app in (report, other)', true],
  ['app in (other)', false],
  ['app notin (other)', true],
  ['missing notin (x)', true],
  ['missing in (x)', false],
  ['app=report,tier in (batch,web),example.com/x=1', true],
  ['app=report,tier=web', false],
] as const;

test('label selectors select what Kubernetes selects', () => {
  assert.deepEqual(
    SELECTORS.map(([text]) => [text, labelSelector(text)(object)]),
    SELECTORS,
  );
});

test('a malformed label selector is a bad request', () => {
  for (const text of ['a===b', '!!a', 'a in b', 'a=b c', 'a in (b', ',']) {
    assert.throws(
      () => labelSelector(text),
      (error) => error instanceof ApiError && error.answer.code === 400,
      text,
    );
  }
});

test('fields are compared, and unknown ones refused', () => {
  const resource = resourceNamed('namespaces');
  assert.equal(fieldSelector('metadata.name=n,status.phase!=Terminating', resource)(object), true);
  assert.equal(fieldSelector('metadata.name!=n', resource)(object), false);
  assert.throws(
    () => fieldSelector('spec.bogus=1', resource),
    /field label "spec.bogus" not supported for Namespace/,
  );
  assert.throws(() => fieldSelector('__proto__=1', resource), /not supported/);
});

const event = {
  ...object,
  involvedObject: { kind: 'Job', name: 'a' },
  reason: 'SuccessfulCreate',
  source: { component: 'job-controller' },
  type: 'Normal',
};
const withoutStatus = { ...object, spec: {}, status: {} };

// A resource, an object, a field selector, and whether it selects the object.
const BY_FIELD = [
  ['events', event, 'type=Normal,reason=SuccessfulCreate', true],
  ['events', event, 'type!=Normal', false],
  ['events', event, 'involvedObject.kind=Job,source=job-controller', true],
  ['jobs', { ...object, status: { succeeded: 2 } }, 'status.successful=2', true],
  ['jobs', withoutStatus, 'status.successful=0', true],
  ['pods', { ...object, spec: { hostNetwork: true } }, 'spec.hostNetwork=true', true],
  ['pods', withoutStatus, 'spec.hostNetwork=false,status.podIP=', true],
  ['pods', { ...object, spec: { restartPolicy: 'Never' } }, 'spec.restartPolicy!=Never', false],
] as const;

test('field selectors take the fields that Kubernetes takes', () => {
  assert.deepEqual(
    BY_FIELD.map(([plural, one, text]) => [
      plural,
      one,
      text,
      fieldSelector(text, resourceNamed(plural))(one),
    ]),
    BY_FIELD,
  );
});
