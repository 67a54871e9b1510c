import type { Pod } from './objects.ts';

/** The fields of a pod that an environment variable can read with `fieldRef`, other than a label or an annotation. */
export const POD_FIELDS: Readonly<Record<string, (pod: Pod, address: string) => string | undefined>> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace,
  'metadata.uid': ({ metadata }) => metadata.uid,
  'spec.nodeName': ({ spec }) => spec.nodeName,
  'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName,
  'status.hostIP': (_pod, address) => address,
  'status.hostIPs': (_pod, address) => address,
  'status.podIP': (_pod, address) => address,
  'status.podIPs': (_pod, address) => address,
};

/** Returns the label or annotation to which a path such as `metadata.labels['a']` refers, or undefined for any other path. */
export function subscriptOf(path: string): { part: 'labels' | 'annotations'; key: string } | undefined {
  const [, part, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? [];
  return part === 'labels' || part === 'annotations' ? { part, key } : undefined;
}
