import type { Pod } from '../objects.ts';
import type { Node } from './node.ts';
import { PodWorker } from './pod-worker.ts';

/** Runs the pods that are bound to the node, and takes deleted ones away once nothing of them runs any more. */
export class Kubelet {
  readonly #node: Node;
  readonly #workers = new Map<string, { worker: PodWorker; done: Promise<void> }>();
  readonly #unsubscribe: () => void;

  constructor(node: Node) {
    this.#node = node;
    this.#unsubscribe = node.store.subscribe(({ resource, type, object }) => {
      if (resource !== 'pods') return;
      if (type === 'DELETED') this.#gone(object);
      else this.#look(object);
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

  /** Does what the pod, as it is by now, asks for. */
  #look({ metadata: { uid, namespace, name } }: Pod): void {
    const pod = this.#node.store.get('pods', namespace, name);
    if (pod?.metadata.uid !== uid) return;
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    const worker = this.#workers.get(uid)?.worker;
    if (deletionTimestamp && worker) worker.terminate(deletionGracePeriodSeconds * 1000);
    else if (deletionTimestamp) this.#removeIfReleased(pod);
    else if (!worker && pod.spec.nodeName === this.#node.name && !pod.status.containerStatuses)
      this.#start(pod);
  }

  #start(pod: Pod): void {
    const worker = new PodWorker(pod, this.#node);
    const { uid } = pod.metadata;
    // Registered before it runs: its first report comes back here as a change.
    const done = Promise.resolve()
      .then(() => worker.run())
      .finally(() => {
        this.#workers.delete(uid);
        this.#look(pod);
      });
    this.#workers.set(uid, { worker, done });
  }

  #removeIfReleased(pod: Pod): void {
    if ((pod.metadata.finalizers ?? []).length > 0) return;
    if (pod.metadata.deletionGracePeriodSeconds === 0) return this.#node.store.remove('pods', pod);
    // Writing the zero brings the pod back here, to be removed.
    this.#node.store.update('pods', pod, (current) => ({
      ...current,
      metadata: { ...current.metadata, deletionGracePeriodSeconds: 0 },
    }));
  }

  #gone({ metadata: { uid } }: Pod): void {
    this.#workers.get(uid)?.worker.terminate(0);
    this.#node.logs.forget(uid);
  }
}
