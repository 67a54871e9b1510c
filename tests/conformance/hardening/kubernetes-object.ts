/** The fields of a Kubernetes object that the tests of the manifests read. */
export interface KubernetesObject {
  apiVersion?: string;
  kind: string;
  metadata?: Metadata;
  rules?: Array<{ apiGroups: string[]; resources: string[]; verbs: string[] }>;
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
    serviceName?: string;
    ports?: Array<{ name?: string; port: number; targetPort?: number | string }>;
    podSelector?: LabelSelector;
    policyTypes?: string[];
    ingress?: NetworkRule[];
    egress?: NetworkRule[];
  };
}

interface Metadata {
  name?: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: Array<{ key: string; operator: string; values?: string[] }>;
}

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

export interface PodTemplate {
  metadata?: Metadata;
  spec?: PodSpec;
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  securityContext?: SecurityContext;
  volumes?: Volume[];
  containers: Container[];
  initContainers?: Container[];
}

export interface Volume {
  name: string;
  hostPath?: object;
  secret?: { secretName: string };
  configMap?: { name: string };
  projected?: {
    sources: Array<{ secret?: { name: string; items?: Array<{ key: string; path: string }> } }>;
  };
}

export interface Container {
  name: string;
  image?: string;
  imagePullPolicy?: string;
  command?: string[];
  args?: string[];
  env?: EnvVar[];
  ports?: Array<{ name?: string; containerPort: number }>;
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: SecurityContext;
  volumeMounts?: Array<{ name: string; mountPath: string; readOnly?: boolean }>;
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: {
    secretKeyRef?: { name: string; key: string; optional?: boolean };
    fieldRef?: { fieldPath: string };
  };
}

export interface Probe {
  httpGet?: { path: string; port: number | string };
  tcpSocket?: { port: number | string };
}

interface SecurityContext {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
  seccompProfile?: { type?: string };
}
