import type { Pod } from '../objects.ts';
import type { Change } from '../store/store.ts';
import type { Node } from './node.ts';
import { PodWorker } from './pod-worker.ts';

/** Runs the pods that are bound to the node, and takes deleted ones away once nothing of them runs any more. */
export class Kubelet {
  readonly #node: Node;
  readonly #workers = new Map<string, { worker: PodWorker; done: Promise<void> }>();
  readonly #unsubscribe: () => void;

  constructor(node: Node) {
    this.#node = node;
    this.#unsubscribe = node.store.subscribe((change) => {
      if (change.resource === 'pods') this.#onChange(change);
    });
  }

  /** How many pods run or are about to. */
  get running(): number {
    return this.#workers.size;
  }

  /** Kills what runs; resolves when no process is left. */
  async close(): Promise<void> {
    this.#unsubscribe();
    for (const { worker } of this.#workers.values()) worker.terminate(0);
    await Promise.all([...this.#workers.values()].map(({ done }) => done));
  }

  #onChange({ type, object }: Change): void {
    const { uid, namespace, name } = object.metadata;
    if (type === 'DELETED') return this.#gone(object as Pod);
    const known = this.#workers.get(uid);
    const pod = this.#node.store.get('pods', namespace, name);
    if (pod?.metadata.uid !== uid) return;
    if (pod.metadata.deletionTimestamp) {
      if (known) known.worker.terminate((pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000);
      else this.#removeIfReleased(pod);
      return;
    }
    if (!known && pod.spec.nodeName === this.#node.name && isNew(pod)) this.#start(pod);
  }

  #start(pod: Pod): void {
    const worker = new PodWorker(pod, this.#node);
    const { uid } = pod.metadata;
    // Registered before it runs: its first report comes back here as a change.
    const done = Promise.resolve()
      .then(() => worker.run())
      .finally(() => this.#finished(uid, pod));
    this.#workers.set(uid, { worker, done });
  }

  #finished(uid: string, pod: Pod): void {
    this.#workers.delete(uid);
    const current = this.#node.store.get('pods', pod.metadata.namespace, pod.metadata.name);
    if (current?.metadata.uid === uid && current.metadata.deletionTimestamp) this.#removeIfReleased(current);
  }

  #removeIfReleased(pod: Pod): void {
    if ((pod.metadata.finalizers ?? []).length > 0) return;
    if (pod.metadata.deletionGracePeriodSeconds !== 0) {
      // Writing the zero brings the pod back here, to be removed.
      this.#node.store.update('pods', pod, (current) => ({
        ...current,
        metadata: { ...current.metadata, deletionGracePeriodSeconds: 0 },
      }));
      return;
    }
    this.#node.store.remove('pods', pod);
  }

  #gone(pod: Pod): void {
    this.#workers.get(pod.metadata.uid)?.worker.terminate(0);
    this.#node.logs.forget(pod.metadata.uid);
  }
}

function isNew(pod: Pod): boolean {
  return pod.status.phase === 'Pending' && !pod.status.containerStatuses;
}
