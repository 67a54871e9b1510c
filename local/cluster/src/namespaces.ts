import { newMetadata } from './names.ts';
import type { Namespace } from './objects.ts';

/** A namespace that is there from the start. */
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
