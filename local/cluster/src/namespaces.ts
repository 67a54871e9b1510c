import { newMetadata } from './names.ts';
import type { Namespace } from './objects.ts';

/** Returns an active Namespace. The API can't create namespaces, so all of them exist from the start. */
export function newNamespace(name: string): Namespace {
  const labels = { 'kubernetes.io/metadata.name': name };
  return {
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: { ...newMetadata(name), labels },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}
