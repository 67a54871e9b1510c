import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const KUBERNETES = fileURLToPath(new URL('../../../k8s/', import.meta.url));

/** One object of a manifest, with the file that it is in. */
export interface Manifest {
  file: string;
  object: KubernetesObject;
}

/** As much of an object as the rules look at. */
export interface KubernetesObject {
  kind: string;
  metadata?: { name?: string };
  rules?: Array<{ apiGroups: string[]; resources: string[]; verbs: string[] }>;
  automountServiceAccountToken?: boolean;
  spec?: {
    template?: { spec?: PodSpec };
    jobTemplate?: { spec?: { template?: { spec?: PodSpec } } };
    backoffLimit?: number;
    activeDeadlineSeconds?: number;
    ttlSecondsAfterFinished?: number;
  };
}

export interface PodSpec {
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  securityContext?: SecurityContext;
  volumes?: Array<{ name: string; hostPath?: object }>;
  containers: Container[];
  initContainers?: Container[];
}

export interface Container {
  name: string;
  image?: string;
  env?: Array<{ name: string; value?: string }>;
  resources?: { limits?: Record<string, string> };
  securityContext?: SecurityContext;
}

interface SecurityContext {
  runAsNonRoot?: boolean;
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
  seccompProfile?: { type?: string };
}

/** Every object of `k8s/`, as written: patches of an overlay are read where kustomize renders them. */
export function readManifests(): Manifest[] {
  const files = globSync('{base,components}/**/*.yaml', { cwd: KUBERNETES }).filter(isManifest);
  return files.flatMap((file) =>
    parseAllDocuments(readFileSync(`${KUBERNETES}${file}`, 'utf8')).map((document) => ({
      file,
      object: document.toJS() as KubernetesObject,
    })),
  );
}

const isManifest = (file: string): boolean => !/(kustomization|patch[^/]*)\.yaml$/.test(file);
