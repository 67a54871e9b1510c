import type {
  V1Container,
  V1EnvVar,
  V1LabelSelector,
  V1ObjectMeta,
  V1PodSpec,
  V1PolicyRule,
  V1Probe,
  V1ServicePort,
} from '@kubernetes/client-node';
import type { Plain } from '../kubernetes/support/manifests.ts';

/** The types of Kubernetes' client for what the tests of the manifests read. */
export type Container = V1Container;
export type EnvVar = V1EnvVar;
export type LabelSelector = V1LabelSelector;
export type PodSpec = Plain<V1PodSpec>;
export type Probe = V1Probe;

/** The fields of a Kubernetes object that the tests of the manifests read. */
export interface KubernetesObject {
  apiVersion?: string;
  kind: string;
  metadata?: Plain<V1ObjectMeta>;
  rules?: V1PolicyRule[];
  automountServiceAccountToken?: boolean;
  /** In a Secret, base64-encoded. */
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: {
    template?: PodTemplate;
    jobTemplate?: { spec?: { template?: PodTemplate } };
    backoffLimit?: number;
    activeDeadlineSeconds?: number;
    ttlSecondsAfterFinished?: number;
    replicas?: number;
    minReplicas?: number;
    selector?: LabelSelector & Record<string, unknown>;
    scaleTargetRef?: { kind: string; name: string };
    ports?: V1ServicePort[];
    podSelector?: LabelSelector;
    policyTypes?: string[];
    ingress?: NetworkRule[];
    egress?: NetworkRule[];
  };
}

export interface PodTemplate {
  metadata?: Plain<V1ObjectMeta>;
  spec?: PodSpec;
}

/** A rule of a NetworkPolicy. The client calls its field `from` by another name. */
export interface NetworkRule {
  from?: NetworkPeer[];
  to?: NetworkPeer[];
  ports?: Array<{ port: number; protocol?: string }>;
}

export interface NetworkPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string };
}
