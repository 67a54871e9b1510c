import { randomUUID } from 'node:crypto';
import { timestamp } from './names.ts';
import type { Namespace } from './objects.ts';

/** A namespace that is there from the start. */
export function newNamespace(name: string): Namespace {
  return {
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: {
      name,
      uid: randomUUID(),
      resourceVersion: '',
      creationTimestamp: timestamp(),
      labels: { 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}
