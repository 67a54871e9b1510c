import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Container, Pod, Secret } from '../objects.ts';
import { ContainerConfigError, containerEnv, type EnvSources } from './container-env.ts';

// tests/conformance/kubernetes/environments.test.ts has the rules that were observed on a real cluster.

test('a missing key says where it was looked for', () => {
  const env = [{ name: 'S', valueFrom: { secretKeyRef: { name: 'creds', key: 'nah' } } }];
  assert.throws(() => envOf({ env }), new ContainerConfigError("couldn't find key nah in Secret shop/creds"));
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
  const metadata = { name: 'creds', namespace: 'shop' };
  return {
    pod: { metadata } as Pod,
    address: '127.0.0.1',
    services: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '8084' },
    secret: (name) => (name === 'creds' ? ({ metadata, data: {} } as unknown as Secret) : undefined),
  };
}
