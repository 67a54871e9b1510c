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
    const same = this.#store.find('events', (event) => isSame(event, about, details));
    if (same) return this.#countUp(same);
    const oldest = this.#store.count('events') >= MAX_EVENTS ? this.#store.find('events') : undefined;
    if (oldest) this.#store.remove('events', oldest);
    this.#store.create('events', this.#event(about, details));
  }

  #countUp(event: ClusterEvent): void {
    this.#store.update('events', event, (current) => ({
      ...current,
      count: (current.count ?? 1) + 1,
      lastTimestamp: timestamp(),
    }));
  }

  #event(
    about: KubeObject,
    { type = 'Normal', reason, message, component, fieldPath }: EventDetails,
  ): ClusterEvent {
    const now = timestamp();
    const { kind, apiVersion, metadata } = about;
    const { name, namespace = 'default', uid, resourceVersion } = metadata;
    const host = component === 'kubelet' ? this.#nodeName : undefined;
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
      involvedObject: { kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath },
      reason,
      message,
      source: { component, host },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
      reportingComponent: component,
      reportingInstance: host ?? '',
    };
  }
}

function isSame(event: ClusterEvent, { metadata }: KubeObject, details: EventDetails): boolean {
  const { uid, fieldPath } = event.involvedObject;
  return (
    uid === metadata.uid &&
    fieldPath === details.fieldPath &&
    event.reason === details.reason &&
    event.message === details.message
  );
}
