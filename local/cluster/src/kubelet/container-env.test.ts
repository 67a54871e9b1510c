import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Container, Pod, Secret } from '../objects.ts';
import { ContainerConfigError, containerEnv, expand, type EnvSources } from './container-env.ts';

// Observed on a real kubelet 1.34, with HOME2=/home/x.
const EXPANSIONS = [
  ['a$(HOME2)b', 'a/home/xb'],
  ['a$$(HOME2)b', 'a$(HOME2)b'],
  ['a$$b', 'a$b'],
  ['a$b', 'a$b'],
  ['a$$$(HOME2)b$', 'a$/home/xb$'],
  ['a$$$$(HOME2)b', 'a$$(HOME2)b'],
  ['$(MISSING)', '$(MISSING)'],
  ['a$(HOME2', 'a$(HOME2'],
  ['$()', '$()'],
  ['$( HOME2 )', '$( HOME2 )'],
  ['$(A$(HOME2)', '$(A$(HOME2)'],
  ['$', '$'],
  ['', ''],
] as const;

test('each reference is expanded as a kubelet does it', () => {
  const known = new Map([['HOME2', '/home/x']]);
  const expanded = EXPANSIONS.map(([given]) => expand(given, known));
  assert.deepEqual(
    expanded,
    EXPANSIONS.map(([, gets]) => gets),
  );
});

test('what was put in is not expanded again', () => {
  assert.equal(
    expand(
      '$(A)',
      new Map([
        ['A', '$(B) $$'],
        ['B', 'secret'],
      ]),
    ),
    '$(B) $$',
  );
});

test('a value sees only what stands before it', () => {
  const env = [
    { name: 'FIRST', value: '$(SECOND)' },
    { name: 'SECOND', value: 'x' },
    { name: 'THIRD', value: '$(SECOND)' },
  ];
  const { FIRST, THIRD } = envOf({ env });
  assert.deepEqual({ FIRST, THIRD }, { FIRST: '$(SECOND)', THIRD: 'x' });
});

test('of a name given twice the last wins, and in between the first is seen', () => {
  const env = [
    { name: 'DUP', value: '1' },
    { name: 'SEEN', value: '$(DUP)' },
    { name: 'DUP', value: '2' },
  ];
  const { DUP, SEEN } = envOf({ env });
  assert.deepEqual({ DUP, SEEN }, { DUP: '2', SEEN: '1' });
});

test('the contents of a Secret are never expanded', () => {
  const env = [
    { name: 'A', value: 'x' },
    { name: 'S', valueFrom: { secretKeyRef: { name: 'creds', key: 'password' } } },
    { name: 'USES', value: '$(S)' },
  ];
  const { S, USES } = envOf({ env });
  assert.deepEqual({ S, USES }, { S: '$(A)', USES: '$(A)' });
});

test('an escaped reference to a Secret does not show it', () => {
  const env = [
    { name: 'S', valueFrom: { secretKeyRef: { name: 'creds', key: 'password' } } },
    { name: 'TRACESTATE', value: 'k=$$(S)' },
  ];
  assert.equal(envOf({ env })['TRACESTATE'], 'k=$(S)');
});

test('a missing Secret says which one', () => {
  const env = [{ name: 'S', valueFrom: { secretKeyRef: { name: 'nope', key: 'k' } } }];
  assert.throws(() => envOf({ env }), new ContainerConfigError('secret "nope" not found'));
});

test('a missing key says where it was looked for', () => {
  const env = [{ name: 'S', valueFrom: { secretKeyRef: { name: 'creds', key: 'nah' } } }];
  assert.throws(() => envOf({ env }), new ContainerConfigError("couldn't find key nah in Secret shop/creds"));
});

test('what is optional and missing is left out', () => {
  const env = [{ name: 'S', valueFrom: { secretKeyRef: { name: 'nope', key: 'k', optional: true } } }];
  assert.equal('S' in envOf({ env }), false);
});

test('the pod can be read by its fields', () => {
  const env = [
    { name: 'NAME', ...field('metadata.name') },
    { name: 'LABEL', ...field("metadata.labels['app.kubernetes.io/name']") },
    { name: 'NO_LABEL', ...field("metadata.labels['none']") },
    { name: 'IP', ...field('status.podIP') },
  ];
  const { NAME, LABEL, NO_LABEL, IP } = envOf({ env });
  assert.deepEqual(
    { NAME, LABEL, NO_LABEL, IP },
    { NAME: 'pod-1', LABEL: 'report', NO_LABEL: '', IP: '127.0.0.1' },
  );
});

test('variables of services are there and can be overridden', () => {
  const { PORT, KUBERNETES_SERVICE_HOST } = envOf({
    env: [
      { name: 'PORT', value: '$(KUBERNETES_SERVICE_PORT)' },
      { name: 'KUBERNETES_SERVICE_HOST', value: 'elsewhere' },
    ],
  });
  assert.deepEqual({ PORT, KUBERNETES_SERVICE_HOST }, { PORT: '8084', KUBERNETES_SERVICE_HOST: 'elsewhere' });
});

function envOf(container: Partial<Container>): Record<string, string> {
  return Object.fromEntries(containerEnv({ name: 'main', image: 'x', ...container }, sources()));
}

function sources(): EnvSources {
  const metadata = {
    name: 'pod-1',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '',
  };
  const labels = { 'app.kubernetes.io/name': 'report' };
  const pod = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { ...metadata, labels },
    spec: { containers: [] },
    status: {},
  } as unknown as Pod;
  const secret: Secret = {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: { ...metadata, name: 'creds' },
    data: { password: Buffer.from('$(A)').toString('base64') },
  };
  return {
    pod,
    address: '127.0.0.1',
    services: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '8084' },
    secret: (name) => (name === 'creds' ? secret : undefined),
  };
}

function field(fieldPath: string): object {
  return { valueFrom: { fieldRef: { fieldPath } } };
}
