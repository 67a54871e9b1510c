import type { KubernetesObject } from '../hardening/kubernetes-object.ts';
import { readManifests } from '../hardening/read-manifests.ts';

/** Folders of k8s/ that make up a demo, without what only some clusters enforce. */
const FOLDERS = [
  'base',
  'components/mongo',
  'components/jaeger',
  'components/load',
  'components/otel-collector',
];

/** The demo's objects, and those of more folders; a test may spoil them. */
export function demo(...more: string[]): KubernetesObject[] {
  return structuredClone(readManifests([...FOLDERS, ...more]).map(({ object }) => object));
}
