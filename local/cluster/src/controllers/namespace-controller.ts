import type { Store } from '../store/store.ts';
import { deleteJob } from './job-deletion.ts';
import { requestPodDeletion } from './pod-deletion.ts';

const PLAIN = ['secrets', 'configmaps', 'events'] as const;

/** Empties a namespace that is being deleted, and takes it away once its last pod has ended. */
export class NamespaceController {
  readonly #store: Store;
  readonly #unsubscribe: () => void;

  constructor(store: Store) {
    this.#store = store;
    this.#unsubscribe = store.subscribe(({ resource, type, object }) => {
      if (resource === 'namespaces' && type === 'MODIFIED') this.#empty(object.metadata.name);
      if (resource === 'pods' && type === 'DELETED') this.#empty(object.metadata.namespace ?? '');
    });
  }

  close(): void {
    this.#unsubscribe();
  }

  #empty(name: string): void {
    const namespace = this.#store.get('namespaces', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    for (const job of this.#store.list('jobs', name)) deleteJob(this.#store, job, 'Background');
    const pods = this.#store.list('pods', name);
    for (const pod of pods) requestPodDeletion(this.#store, pod);
    if (pods.length > 0) return;
    for (const resource of PLAIN)
      for (const object of this.#store.list(resource, name)) this.#store.remove(resource, object);
    this.#store.remove('namespaces', namespace);
  }
}
