import type { KubernetesObject, LabelSelector, PodSpec } from '../hardening/kubernetes-object.ts';

/** The pod template of an object. */
export interface Pod {
  name: string;
  kind: string;
  labels: Record<string, string>;
  spec: PodSpec;
}

export const NAME = 'app.kubernetes.io/name';

export function podsOf(objects: KubernetesObject[]): Pod[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const template = spec?.template ?? spec?.jobTemplate?.spec?.template;
    if (!template?.spec) return [];
    const labels = template.metadata?.labels ?? {};
    return [{ name: metadata?.name ?? '', kind, labels, spec: template.spec }];
  });
}

/** An empty selector selects everything. */
export function selects(selector: LabelSelector, labels: Record<string, string>): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator === 'In') return values.includes(labels[key] ?? '');
      throw new Error(`The tests know matchExpressions with In, not with ${operator}.`);
    })
  );
}
