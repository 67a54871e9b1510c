import type { Node } from '../kubelet/node.ts';
import { timestamp } from '../names.ts';
import type { Condition, Pod } from '../objects.ts';

/** The default pod limit of a kubelet. */
export const MAX_PODS = 110;
const FULL = '0/1 nodes are available: 1 Too many pods.';

/** Binds pods to the only node, in the order of their creation, while the node has room. Stops when the returned function is called. */
export function schedule({ store, event, name: nodeName }: Node, hasRoom: () => boolean): () => void {
  const queue: Pod[] = [];
  let due: NodeJS.Immediate | undefined;
  const unsubscribe = store.subscribe(({ resource, type, object }) => {
    if (resource !== 'pods') return;
    if (type === 'ADDED') queue.push(object);
    if (queue.length > 0) due ??= setImmediate(bindWhatFits);
  });
  return () => {
    unsubscribe();
    clearImmediate(due);
  };

  function bindWhatFits(): void {
    due = undefined;
    while (queue[0] && hasRoom()) {
      bind(queue[0]);
      queue.shift();
    }
    for (const pod of queue) reportFull(pod);
  }

  function bind(pod: Pod): void {
    const bound = store.update('pods', pod, (current) =>
      current.metadata.deletionTimestamp
        ? current
        : { ...withFinding(current, { status: 'True' }), spec: { ...current.spec, nodeName } },
    );
    if (!bound?.spec.nodeName) return;
    const { namespace = '', name } = bound.metadata;
    const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
    event(bound, { reason: 'Scheduled', message, component: 'default-scheduler' });
  }

  function reportFull(pod: Pod): void {
    store.update('pods', pod, (current) =>
      current.status.conditions?.[0]?.message === FULL
        ? current
        : withFinding(current, { status: 'False', reason: 'Unschedulable', message: FULL }),
    );
  }
}

function withFinding(pod: Pod, finding: Omit<Condition, 'type'>): Pod {
  const observedGeneration = pod.metadata.generation ?? 1;
  const lastTransitionTime = timestamp();
  const scheduled = { type: 'PodScheduled', ...finding, observedGeneration, lastTransitionTime };
  return { ...pod, status: { ...pod.status, conditions: [scheduled] } };
}
