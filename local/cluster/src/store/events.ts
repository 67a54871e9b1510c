import { randomUUID } from 'node:crypto';
import { newMetadata } from '../names.ts';
import type { ClusterEvent, KubeObject } from '../objects.ts';
import type { Store } from './store.ts';

const MAX_EVENTS = 1000;

interface EventDetails {
  type?: 'Normal' | 'Warning';
  reason: string;
  message: string;
  component: string;
  /** The container that the Event is about, as `spec.containers{name}`. */
  fieldPath?: string;
}

/** Records an Event, which `kubectl describe` shows. If it repeats an earlier Event, only increases that Event's count. */
export type RecordEvent = (about: KubeObject, details: EventDetails) => void;

/** Returns a function that records Events in the store. Above a limit, it removes the oldest Event. */
export function eventRecorder(store: Store, nodeName: string): RecordEvent {
  return (about, details) => {
    const next = newEvent(about, details, nodeName);
    const same = store.find('events', (event) => isSame(event, next));
    if (same) store.update('events', same, (current) => countedUp(current, next));
    else store.create('events', next);
    const oldest = store.count('events') > MAX_EVENTS ? store.find('events') : undefined;
    if (oldest) store.remove('events', oldest);
  };
}

function newEvent(
  { kind, apiVersion, metadata }: KubeObject,
  { type = 'Normal', reason, message, component, fieldPath }: EventDetails,
  nodeName: string,
): ClusterEvent {
  const { name, namespace = 'default', uid, resourceVersion } = metadata;
  const host = component === 'kubelet' ? nodeName : undefined;
  const own = newMetadata(`${name}.${randomUUID().slice(0, 13)}`, namespace);
  return {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: own,
    involvedObject: { kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath },
    reason,
    message,
    source: { component, host },
    firstTimestamp: own.creationTimestamp,
    lastTimestamp: own.creationTimestamp,
    count: 1,
    type,
    reportingComponent: component,
    reportingInstance: host ?? '',
  };
}

function countedUp(event: ClusterEvent, { lastTimestamp }: ClusterEvent): ClusterEvent {
  return { ...event, count: (event.count ?? 1) + 1, lastTimestamp };
}

function isSame(a: ClusterEvent, b: ClusterEvent): boolean {
  const { uid, fieldPath } = a.involvedObject;
  const isAboutSame = uid === b.involvedObject.uid && fieldPath === b.involvedObject.fieldPath;
  return isAboutSame && a.reason === b.reason && a.message === b.message;
}
