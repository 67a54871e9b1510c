import type { KubeObject, ObjectMeta } from '../objects.ts';

export type Change = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: string;
  version: number;
  object: KubeObject;
  /** The object before a MODIFIED: a watch with a selector needs it to tell "left the selection" from "changed". */
  previous?: KubeObject;
};

/** Thrown by `create` when the name is taken; the API turns it into a 409. */
export class NameTakenError extends Error {
  override name = 'NameTakenError';
}

const key = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`;

/**
 * All objects, with one resource version that grows by each change, and the last changes for watches to resume from. Every write is
 * synchronous, so that a controller which reads and then writes in one turn never meets a conflict.
 */
export class Store {
  #version = 1;
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #history: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #undelivered: Change[] = [];
  #delivering = false;
  readonly #maxHistory: number;

  constructor(maxHistory = 2000) {
    this.#maxHistory = maxHistory;
  }

  get version(): number {
    return this.#version;
  }

  get<T extends KubeObject>(resource: string, namespace: string | undefined, name: string): T | undefined {
    return this.#objects.get(resource)?.get(key(namespace, name)) as T | undefined;
  }

  /** Objects of one resource by namespace and name, of all namespaces when none is given. */
  list<T extends KubeObject>(resource: string, namespace?: string): T[] {
    const all = [...(this.#objects.get(resource)?.values() ?? [])] as T[];
    const chosen = namespace === undefined ? all : all.filter((one) => one.metadata.namespace === namespace);
    return chosen.toSorted((a, b) =>
      key(a.metadata.namespace, a.metadata.name) < key(b.metadata.namespace, b.metadata.name) ? -1 : 1,
    );
  }

  count(resource: string): number {
    return this.#objects.get(resource)?.size ?? 0;
  }

  /** The object that was stored first: the one to drop when there are too many. */
  oldest<T extends KubeObject>(
    resource: string,
    matching: (object: T) => boolean = () => true,
  ): T | undefined {
    for (const object of this.#objects.get(resource)?.values() ?? [])
      if (matching(object as T)) return object as T;
    return undefined;
  }

  create<T extends KubeObject>(resource: string, object: T): T {
    const { namespace, name } = object.metadata;
    if (this.get(resource, namespace, name)) throw new NameTakenError(`${resource} "${name}" already exists`);
    return this.#write('ADDED', resource, object);
  }

  /** Replaces an object by what `change` makes of it; nothing is written when it gives back the very same object. */
  update<T extends KubeObject>(resource: string, object: T, change: (current: T) => T): T | undefined {
    const current = this.get<T>(resource, object.metadata.namespace, object.metadata.name);
    if (!current || current.metadata.uid !== object.metadata.uid) return undefined;
    const next = change(current);
    return next === current ? current : this.#write('MODIFIED', resource, next, current);
  }

  remove(resource: string, object: KubeObject): void {
    const current = this.get(resource, object.metadata.namespace, object.metadata.name);
    if (!current || current.metadata.uid !== object.metadata.uid) return;
    this.#objects.get(resource)?.delete(key(current.metadata.namespace, current.metadata.name));
    this.#announce({ type: 'DELETED', resource, ...this.#stamped(current) });
  }

  /** Calls back for each change from now on, in order, until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The changes of a resource after `version`, or undefined when some of them are forgotten already (410 Gone). */
  since(resource: string, version: number): Change[] | undefined {
    const oldest = this.#history[0];
    if (this.#history.length >= this.#maxHistory && oldest && version < oldest.version - 1) return undefined;
    return this.#history.filter((change) => change.resource === resource && change.version > version);
  }

  #write<T extends KubeObject>(type: Change['type'], resource: string, object: T, previous?: T): T {
    const { version, object: stored } = this.#stamped(object);
    const objects = this.#objects.get(resource) ?? new Map<string, KubeObject>();
    this.#objects.set(resource, objects.set(key(stored.metadata.namespace, stored.metadata.name), stored));
    this.#announce({ type, resource, version, object: stored, ...(previous ? { previous } : {}) });
    return stored;
  }

  #stamped<T extends KubeObject>(object: T): { version: number; object: T } {
    this.#version += 1;
    const metadata: ObjectMeta = { ...object.metadata, resourceVersion: String(this.#version) };
    return { version: this.#version, object: { ...object, metadata } };
  }

  #announce(change: Change): void {
    this.#history.push(change);
    if (this.#history.length > this.#maxHistory) this.#history.shift();
    this.#undelivered.push(change);
    if (!this.#delivering) this.#deliver();
  }

  /** A listener that writes in turn must not make others see the later change first: changes wait for their turn here. */
  #deliver(): void {
    this.#delivering = true;
    try {
      for (let next = this.#undelivered.shift(); next; next = this.#undelivered.shift()) {
        for (const listener of [...this.#listeners]) listener(next);
      }
    } finally {
      this.#delivering = false;
    }
  }
}
