import type { Container, KubernetesObject } from '../../conformance/hardening/kubernetes-object.ts';
import { render } from '../../kustomize/support/kubectl.ts';
import type { Evaluation } from './tiltfile.ts';

const WORKLOADS = ['Deployment', 'StatefulSet', 'Job'];

/** Returns the objects that a Tiltfile deploys. */
export const deployedBy = (evaluation: Evaluation): Promise<KubernetesObject[]> =>
  render(evaluation.callsOf('k8s_yaml')[0]?.yaml.pathToDir ?? '');

export const workloadsIn = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter(({ kind }) => WORKLOADS.includes(kind));

export const containersOf = ({ spec }: KubernetesObject): Container[] =>
  spec?.template?.spec?.containers ?? [];

export const find = (
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
): KubernetesObject | undefined =>
  objects.find(
    (object) => object.kind.toLowerCase() === kind.toLowerCase() && object.metadata?.name === name,
  );
