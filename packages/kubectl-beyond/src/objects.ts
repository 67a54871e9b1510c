/* The parts of Kubernetes objects that the plug-in reads, as kubectl prints them. */

export interface Metadata {
  name?: string;
  uid?: string;
  creationTimestamp?: string;
  annotations?: Record<string, string>;
  ownerReferences?: Array<{ uid: string }>;
}

export interface Container {
  name: string;
  env?: Array<{ name: string; value?: string; valueFrom?: object }>;
  envFrom?: object[];
}

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: object;
  terminated?: { reason?: string; exitCode: number };
}

export interface ContainerStatus {
  name: string;
  state?: ContainerState;
  lastState?: ContainerState;
}

export interface Pod {
  metadata: Metadata;
  spec: { containers: Container[] };
  status?: {
    phase?: string;
    conditions?: Array<{ type: string; status: string; reason?: string; message?: string }>;
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

export interface Job {
  metadata: Metadata;
  spec: { template: { metadata?: Metadata } };
  status?: { conditions?: Array<{ type: string; status: string }> };
}
