import type { V1Pod } from '@kubernetes/client-node';
import { completionIndex, createdAt, isOver, uidOf } from './pod-facts.ts';

/** Returns the pod's attempt number, from 1, in order of creation. Each index of an Indexed Job counts separately. */
export function attemptNumber(pod: V1Pod, siblings: V1Pod[]): number {
  const index = completionIndex(pod);
  const before = siblings.filter(
    (other) => completionIndex(other) === index && uidOf(other) !== uidOf(pod) && isBefore(other, pod),
  );
  return before.length + 1;
}

/** Kubernetes stores whole seconds. Of two pods created in the same second, the one that has ended came first. */
function isBefore(a: V1Pod, b: V1Pod): boolean {
  const apart = createdAt(a).getTime() - createdAt(b).getTime();
  if (apart !== 0) return apart < 0;
  if (isOver(a) !== isOver(b)) return isOver(a);
  return (a.metadata?.name ?? '') < (b.metadata?.name ?? '');
}
