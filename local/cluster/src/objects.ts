import type {
  CoreV1Event,
  V1Container,
  V1ContainerStatus,
  V1EnvVar,
  V1Job,
  V1JobSpec,
  V1JobStatus,
  V1Namespace,
  V1ObjectMeta,
  V1Pod,
  V1PodCondition,
  V1PodSpec,
  V1PodStatus,
  V1PodTemplateSpec,
  V1Secret,
  V1SecretKeySelector,
} from '@kubernetes/client-node';

/** A type of the official client as JSON carries it: times are RFC 3339 texts with whole seconds, as Kubernetes writes them. */
type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;

/** The same with members that every object here has. */
type With<T, K extends keyof T> = Omit<T, K> & Required<Pick<T, K>>;

export type ObjectMeta = With<Wire<V1ObjectMeta>, 'name' | 'uid' | 'resourceVersion' | 'creationTimestamp'>;

/** What every stored object has. Objects are immutable once stored: a change makes a new one that shares what stayed the same. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** An object of the client's as it is stored. */
type Stored<T> = Omit<Wire<T>, keyof KubeObject> & KubeObject;

export type EnvVar = Wire<V1EnvVar>;
export type KeySelector = Wire<V1SecretKeySelector>;
export type Container = Wire<V1Container>;
export type PodSpec = Wire<V1PodSpec>;
export type PodTemplate = With<Wire<V1PodTemplateSpec>, 'spec'>;
export type Condition = Wire<V1PodCondition>;
export type ContainerStatus = With<Wire<V1ContainerStatus>, 'state'>;
export type PodStatus = Omit<Wire<V1PodStatus>, 'containerStatuses' | 'initContainerStatuses'> & {
  containerStatuses?: ContainerStatus[];
  initContainerStatuses?: ContainerStatus[];
};
export type Pod = Omit<Stored<V1Pod>, 'spec' | 'status'> & { spec: PodSpec; status: PodStatus };
export type JobSpec = Omit<Wire<V1JobSpec>, 'template'> & { template: PodTemplate };
export type JobStatus = Wire<V1JobStatus>;
export type Job = Omit<Stored<V1Job>, 'spec' | 'status'> & { spec: JobSpec; status: JobStatus };
export type Secret = Stored<V1Secret>;
export type ClusterEvent = Stored<CoreV1Event>;
export type Namespace = Stored<V1Namespace>;

/** The objects that are stored, by the name of their resource. */
export interface ObjectTypes {
  events: ClusterEvent;
  jobs: Job;
  namespaces: Namespace;
  pods: Pod;
  secrets: Secret;
}

export type ResourceName = keyof ObjectTypes;
