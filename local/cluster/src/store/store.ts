import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, ObjectTypes, ResourceName } from '../objects.ts';

interface ChangeOf<R extends ResourceName> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: R;
  version: number;
  object: ObjectTypes[R];
  /** The object before a MODIFIED. A watch with a selector needs it to detect that the object has left the selection. */
  previous?: ObjectTypes[R] | undefined;
}

export type Change = { [R in ResourceName]: ChangeOf<R> }[ResourceName];

type Matches<R extends ResourceName> = (object: ObjectTypes[R]) => boolean;

const key = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`;

/**
 * All objects, one resource version that grows with each change, and the last changes, from which watches resume. Writes are synchronous,
 * so a controller that reads and then writes in one turn never has a conflict.
 */
export class Store {
  readonly #first: number;
  #version: number;
  readonly #objects = new Map<ResourceName, Map<string, KubeObject>>();
  readonly #history: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #undelivered: Change[] = [];
  #delivering = false;
  readonly #maxHistory: number;

  /**
   * Versions begin at the current time in milliseconds. A restarted cluster has lost all objects, and must not accept a version from
   * before the restart. Otherwise, a watch would see nothing until as many changes had happened again.
   */
  constructor(maxHistory = 2000, first = Date.now()) {
    this.#maxHistory = maxHistory;
    this.#first = first;
    this.#version = first;
  }

  get version(): number {
    return this.#version;
  }

  get<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
  ): ObjectTypes[R] | undefined {
    return this.#all(resource).get(key(namespace, name));
  }

  /** Returns the objects of a resource, sorted by namespace and name. Without a namespace, includes those of all namespaces. */
  list<R extends ResourceName>(resource: R, namespace?: string): ObjectTypes[R][] {
    const all = [...this.#all(resource).entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return all
      .map(([, object]) => object)
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
  }

  /** Returns the matching objects, in the order of their creation. */
  filter<R extends ResourceName>(resource: R, matches: Matches<R>): ObjectTypes[R][] {
    return [...this.#all(resource).values()].filter(matches);
  }

  /** Returns the oldest matching object. */
  find<R extends ResourceName>(resource: R, matches: Matches<R> = () => true): ObjectTypes[R] | undefined {
    return this.filter(resource, matches)[0];
  }

  count(resource: ResourceName): number {
    return this.#all(resource).size;
  }

  /** @throws {Error} when the name is taken. */
  create<R extends ResourceName>(resource: R, object: ObjectTypes[R]): ObjectTypes[R] {
    const { namespace, name } = object.metadata;
    if (this.get(resource, namespace, name)) throw new Error(`${resource} "${name}" already exists`);
    return this.#write('ADDED', resource, object);
  }

  /** Replaces an object with the result of `change`. Writes nothing if the result is equal to the object. */
  update<R extends ResourceName>(
    resource: R,
    object: KubeObject,
    change: (current: ObjectTypes[R]) => ObjectTypes[R],
  ): ObjectTypes[R] | undefined {
    const current = this.#current(resource, object);
    const next = current && change(current);
    return next === undefined || isDeepStrictEqual(next, current)
      ? current
      : this.#write('MODIFIED', resource, next, current);
  }

  remove(resource: ResourceName, object: KubeObject): void {
    const current = this.#current(resource, object);
    if (current) this.#write('DELETED', resource, current);
  }

  /** Calls `listener` for each later change, in order, until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Returns the changes of a resource after `version`, or undefined if the history lacks some of them (410 Gone). */
  since(resource: ResourceName, version: number): Change[] | undefined {
    const [oldest] = this.#history;
    const forgotten = this.#history.length >= this.#maxHistory && oldest && version < oldest.version - 1;
    if (version < this.#first || forgotten) return undefined;
    return this.#history.filter((change) => change.resource === resource && change.version > version);
  }

  #all<R extends ResourceName>(resource: R): Map<string, ObjectTypes[R]> {
    const all = this.#objects.get(resource) ?? new Map<string, KubeObject>();
    this.#objects.set(resource, all);
    return all as Map<string, ObjectTypes[R]>;
  }

  /** Returns the current version of an object, or undefined if it is gone, even if another object has taken its name. */
  #current<R extends ResourceName>(resource: R, { metadata }: KubeObject): ObjectTypes[R] | undefined {
    const found = this.get(resource, metadata.namespace, metadata.name);
    return found?.metadata.uid === metadata.uid ? found : undefined;
  }

  #write<R extends ResourceName>(
    type: Change['type'],
    resource: R,
    object: ObjectTypes[R],
    previous?: ObjectTypes[R],
  ): ObjectTypes[R] {
    const version = (this.#version += 1);
    const { namespace, name } = object.metadata;
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    if (type === 'DELETED') this.#all(resource).delete(key(namespace, name));
    else this.#all(resource).set(key(namespace, name), stamped);
    this.#announce({ type, resource, version, object: stamped, previous } as Change);
    return stamped;
  }

  #announce(change: Change): void {
    this.#history.push(change);
    if (this.#history.length > this.#maxHistory) this.#history.shift();
    this.#undelivered.push(change);
    if (!this.#delivering) this.#deliver();
  }

  /** Delivers the queued changes in order. A change that a listener makes waits in the queue, so that all listeners first see its cause. */
  #deliver(): void {
    this.#delivering = true;
    try {
      for (let next = this.#undelivered.shift(); next; next = this.#undelivered.shift()) {
        this.#listeners.forEach((listener) => listener(next));
      }
    } finally {
      this.#delivering = false;
    }
  }
}
