import { timestamp } from '../names.ts';
import type { Condition, Pod } from '../objects.ts';
import type { EventRecorder } from '../store/events.ts';
import type { Store } from '../store/store.ts';

/** As many pods as a kubelet takes by default. */
export const MAX_PODS = 110;
const FULL = '0/1 nodes are available: 1 Too many pods.';

/** Binds pods to the only node, in the order of their creation, while it has room. */
export class Scheduler {
  readonly #store: Store;
  readonly #events: EventRecorder;
  readonly #nodeName: string;
  readonly #queue: Pod[] = [];
  readonly #room: () => boolean;
  readonly #unsubscribe: () => void;
  #due: NodeJS.Immediate | undefined;

  constructor(store: Store, events: EventRecorder, nodeName: string, room: () => boolean) {
    this.#store = store;
    this.#events = events;
    this.#nodeName = nodeName;
    this.#room = room;
    this.#unsubscribe = store.subscribe(({ resource, type, object }) => {
      if (resource !== 'pods') return;
      if (type === 'ADDED') this.#queue.push(object);
      if (this.#queue.length > 0) this.#due ??= setImmediate(() => this.#bindWhatFits());
    });
  }

  close(): void {
    this.#unsubscribe();
    clearImmediate(this.#due);
  }

  #bindWhatFits(): void {
    this.#due = undefined;
    while (this.#queue.length > 0 && this.#room()) {
      const next = this.#queue.shift();
      if (next) this.#bind(next);
    }
    for (const pod of this.#queue) this.#tellFull(pod);
  }

  #bind(pod: Pod): void {
    const nodeName = this.#nodeName;
    const bound = this.#store.update('pods', pod, (current) =>
      current.metadata.deletionTimestamp
        ? current
        : { ...withFinding(current, { status: 'True' }), spec: { ...current.spec, nodeName } },
    );
    if (!bound?.spec.nodeName) return;
    const { namespace = '', name } = bound.metadata;
    const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
    this.#events.record(bound, { reason: 'Scheduled', message, component: 'default-scheduler' });
  }

  #tellFull(pod: Pod): void {
    this.#store.update('pods', pod, (current) =>
      current.status.conditions?.[0]?.message === FULL
        ? current
        : withFinding(current, { status: 'False', reason: 'Unschedulable', message: FULL }),
    );
  }
}

function withFinding(pod: Pod, finding: Pick<Condition, 'status' | 'reason' | 'message'>): Pod {
  const scheduled: Condition = {
    type: 'PodScheduled',
    ...finding,
    observedGeneration: pod.metadata.generation ?? 1,
    lastTransitionTime: timestamp(),
  };
  return { ...pod, status: { ...pod.status, conditions: [scheduled] } };
}
