import type { Facts } from './facts.ts';
import { error, type Finding } from './finding.ts';

const KUBECTL = 'https://kubernetes.io/docs/tasks/tools';
const TILT = 'https://docs.tilt.dev/install.html';

export function tools({ kubernetes }: Facts): Finding[] {
  if (!kubernetes) return [];
  const { hasKubectl, hasTilt } = kubernetes;
  return [
    ...(hasKubectl ? [] : [error('There is no `kubectl` command.', `Install it: ${KUBECTL}`)]),
    ...(hasTilt ? [] : [error('There is no `tilt` command.', `Install it: ${TILT}`)]),
  ];
}

export function reachable({ kubernetes }: Facts): Finding | undefined {
  if (!kubernetes?.hasKubectl || kubernetes.answers) return undefined;
  const { context } = kubernetes;
  return context === undefined
    ? error('kubectl has no current context.', 'Make a cluster: kind create cluster')
    : error(
        `No cluster answers at the context ${context} of kubectl.`,
        'Start that cluster, or choose another one: kubectl config get-contexts; kubectl config use-context NAME',
      );
}
