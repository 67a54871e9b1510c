import type { PodSpec } from '../objects.ts';

/** A pod's spec with what admission adds to it that others may read, save the API access volume: nothing is mounted here. */
export function admitted(spec: PodSpec): PodSpec {
  const { serviceAccountName = 'default' } = spec;
  return { enableServiceLinks: true, ...spec, serviceAccountName, serviceAccount: serviceAccountName };
}
