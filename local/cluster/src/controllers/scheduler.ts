import { timestamp } from '../names.ts';
import type { Condition, Pod } from '../objects.ts';
import type { EventRecorder } from '../store/events.ts';
import type { Store } from '../store/store.ts';

/** As many pods as a kubelet takes by default. */
export const MAX_PODS = 110;

/** Binds pods to the only node, in the order of their creation, while it has room. */
export class Scheduler {
  readonly #store: Store;
  readonly #events: EventRecorder;
  readonly #nodeName: string;
  readonly #queue: Pod[] = [];
  readonly #room: () => boolean;
  readonly #unsubscribe: () => void;
  #due = false;
  #closed = false;

  constructor(store: Store, events: EventRecorder, nodeName: string, room: () => boolean) {
    this.#store = store;
    this.#events = events;
    this.#nodeName = nodeName;
    this.#room = room;
    this.#unsubscribe = store.subscribe(({ resource, type, object }) => {
      if (resource !== 'pods') return;
      if (type === 'ADDED') this.#queue.push(object);
      this.#wake();
    });
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
  }

  #wake(): void {
    if (this.#due || this.#queue.length === 0) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      this.#bindWhatFits();
    });
  }

  #bindWhatFits(): void {
    while (!this.#closed && this.#queue.length > 0 && this.#room()) {
      const next = this.#queue.shift();
      if (next) this.#bind(next);
    }
    if (!this.#closed) for (const pod of this.#queue) this.#tellFull(pod);
  }

  #bind(pod: Pod): void {
    const bound = this.#store.update('pods', pod, (current) =>
      current.metadata.deletionTimestamp
        ? current
        : {
            ...current,
            spec: { ...current.spec, nodeName: this.#nodeName },
            status: { ...current.status, conditions: [scheduled(current, { status: 'True' })] },
          },
    );
    if (!bound?.spec.nodeName) return;
    const message = `Successfully assigned ${bound.metadata.namespace ?? ''}/${bound.metadata.name} to ${this.#nodeName}`;
    this.#events.record(bound, { reason: 'Scheduled', message, component: 'default-scheduler' });
  }

  #tellFull(pod: Pod): void {
    const message = '0/1 nodes are available: 1 Too many pods.';
    const told = (current: Pod): boolean => current.status.conditions?.[0]?.message === message;
    this.#store.update('pods', pod, (current) =>
      told(current)
        ? current
        : {
            ...current,
            status: {
              ...current.status,
              conditions: [scheduled(current, { status: 'False', reason: 'Unschedulable', message })],
            },
          },
    );
  }
}

function scheduled(pod: Pod, finding: Pick<Condition, 'status' | 'reason' | 'message'>): Condition {
  return {
    type: 'PodScheduled',
    ...finding,
    observedGeneration: pod.metadata.generation ?? 1,
    lastProbeTime: null,
    lastTransitionTime: timestamp(),
  };
}
