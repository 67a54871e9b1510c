import { randomUUID } from 'node:crypto';
import { timestamp } from '../names.ts';
import type { ClusterEvent, KubeObject } from '../objects.ts';
import type { Store } from './store.ts';

const MAX_EVENTS = 1000;

export interface EventDetails {
  type?: 'Normal' | 'Warning';
  reason: string;
  message: string;
  component: string;
  /** The container it is about, as `spec.containers{name}`. */
  fieldPath?: string;
}

/** Writes the Events that `kubectl describe` shows; the same one again only counts up, and the oldest make room. */
export class EventRecorder {
  readonly #store: Store;
  readonly #nodeName: string;

  constructor(store: Store, nodeName: string) {
    this.#store = store;
    this.#nodeName = nodeName;
  }

  record(about: KubeObject, details: EventDetails): void {
    const same = this.#store.oldest('events', (event) => isSame(event, about, details));
    if (same) return this.#countUp(same);
    while (this.#store.count('events') >= MAX_EVENTS) this.#dropOldest();
    this.#store.create('events', this.#event(about, details));
  }

  #countUp(event: ClusterEvent): void {
    this.#store.update('events', event, (current) => ({
      ...current,
      count: (current.count ?? 1) + 1,
      lastTimestamp: timestamp(),
    }));
  }

  #dropOldest(): void {
    const oldest = this.#store.oldest('events');
    if (oldest) this.#store.remove('events', oldest);
  }

  #event(about: KubeObject, details: EventDetails): ClusterEvent {
    const now = timestamp();
    const { name, namespace = 'default', uid, resourceVersion } = about.metadata;
    const onNode = details.component === 'kubelet';
    return {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: {
        name: `${name}.${randomUUID().slice(0, 13)}`,
        namespace,
        uid: randomUUID(),
        resourceVersion: '',
        creationTimestamp: now,
      },
      involvedObject: {
        kind: about.kind,
        namespace,
        name,
        uid,
        apiVersion: about.apiVersion,
        resourceVersion,
        ...(details.fieldPath ? { fieldPath: details.fieldPath } : {}),
      },
      reason: details.reason,
      message: details.message,
      source: { component: details.component, ...(onNode ? { host: this.#nodeName } : {}) },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type: details.type ?? 'Normal',
      eventTime: null,
      reportingComponent: details.component,
      reportingInstance: onNode ? this.#nodeName : '',
    };
  }
}

function isSame(event: ClusterEvent, about: KubeObject, details: EventDetails): boolean {
  return (
    event.involvedObject.uid === about.metadata.uid &&
    event.involvedObject.fieldPath === details.fieldPath &&
    event.reason === details.reason &&
    event.message === details.message
  );
}
