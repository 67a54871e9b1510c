import { withMetadata } from '../names.ts';
import type { Pod } from '../objects.ts';
import type { Node } from './node.ts';
import { PodWorker } from './pod-worker.ts';

/** Runs the pods that are bound to the node, and removes deleted pods once their processes have ended. */
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

  /** Number of pods that are starting, running, or terminating. */
  get running(): number {
    return this.#workers.size;
  }

  /** Kills all running pods. Resolves when no process is left. */
  async close(): Promise<void> {
    this.#unsubscribe();
    for (const { worker } of this.#workers.values()) worker.terminate(0);
    await Promise.all([...this.#workers.values()].map(({ done }) => done));
  }

  /** Starts, terminates, or removes a pod, depending on its current state in the store. */
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
    // Registers the worker before it runs, because its first report arrives here as a change.
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
    // This write arrives here as a change, and the pod is then removed.
    this.#node.store.update('pods', pod, (current) =>
      withMetadata(current, { deletionGracePeriodSeconds: 0 }),
    );
  }

  #gone({ metadata: { uid } }: Pod): void {
    this.#workers.get(uid)?.worker.terminate(0);
    this.#node.logs.forget(uid);
  }
}
