import type { KubernetesObject } from '../hardening/kubernetes-object.ts';
import { readManifests } from '../hardening/read-manifests.ts';

/** Folders of k8s/ that make up a demo, without what only some clusters enforce, such as network policies. */
const FOLDERS = [
  'base',
  'components/mongo',
  'components/jaeger',
  'components/load',
  'components/otel-collector',
];

/** Returns copies of the objects in these and more folders, which a test may change. */
export function demo(...more: string[]): KubernetesObject[] {
  return structuredClone(readManifests([...FOLDERS, ...more]).map(({ object }) => object));
}
