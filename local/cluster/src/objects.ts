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

/** The JSON form of a type of the official client. Times are RFC 3339 strings with whole seconds, as Kubernetes writes them. */
type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;

/** A type whose members `K` are required, because every object here has them. */
type With<T, K extends keyof T> = Omit<T, K> & Required<Pick<T, K>>;

export type ObjectMeta = With<Wire<V1ObjectMeta>, 'name' | 'uid' | 'resourceVersion' | 'creationTimestamp'>;

/** The members of every stored object. Stored objects are immutable: a change creates a new object, which shares the unchanged parts. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** The stored form of a type of the official client. */
type Stored<T> = Omit<Wire<T>, keyof KubeObject> & KubeObject;

export type EnvVar = Wire<V1EnvVar>;
export type KeySelector = Wire<V1SecretKeySelector>;
export type Container = Wire<V1Container>;
export type PodSpec = Wire<V1PodSpec>;
export type PodTemplate = With<Wire<V1PodTemplateSpec>, 'spec'>;
export type Condition = Wire<V1PodCondition>;
export type ContainerStatus = With<Wire<V1ContainerStatus>, 'state'>;
export type PodStatus = Omit<Wire<V1PodStatus>, 'containerStatuses'> & {
  containerStatuses?: ContainerStatus[];
};
export type Pod = Omit<Stored<V1Pod>, 'spec' | 'status'> & { spec: PodSpec; status: PodStatus };
export type JobSpec = Omit<Wire<V1JobSpec>, 'template'> & { template: PodTemplate };
export type JobStatus = Wire<V1JobStatus>;
export type Job = Omit<Stored<V1Job>, 'spec' | 'status'> & { spec: JobSpec; status: JobStatus };
export type Secret = Stored<V1Secret>;
export type ClusterEvent = Stored<CoreV1Event>;
export type Namespace = Stored<V1Namespace>;

/** The types of stored objects, by resource name. */
export interface ObjectTypes {
  events: ClusterEvent;
  jobs: Job;
  namespaces: Namespace;
  pods: Pod;
  secrets: Secret;
}

export type ResourceName = keyof ObjectTypes;
