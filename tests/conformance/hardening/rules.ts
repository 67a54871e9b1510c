import type { Container, KubernetesObject, PodSpec } from './read-manifests.ts';

/**
 * What is wrong with an object, one line for each finding. From Kubernetes' Pod Security Standard `restricted`, its RBAC good
 * practices, and OWASP's Kubernetes cheat sheet:
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export function findings(object: KubernetesObject): string[] {
  const pod = object.spec?.template?.spec ?? object.spec?.jobTemplate?.spec?.template?.spec;
  const found = [
    ...(object.kind === 'Job' ? jobFindings(object) : []),
    ...(pod ? podFindings(pod, object) : []),
    ...(object.kind === 'Role' ? roleFindings(object) : []),
    ...(object.kind.startsWith('Cluster') ? ['rights in all namespaces'] : []),
    ...(object.kind === 'ServiceAccount' && object.automountServiceAccountToken !== false
      ? ['token for whatever runs under the account']
      : []),
  ];
  return found.map((finding) => `${object.kind} ${object.metadata?.name}: ${finding}`);
}

function jobFindings({ spec }: KubernetesObject): string[] {
  const bounds = ['backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'] as const;
  return bounds.filter((bound) => spec?.[bound] === undefined).map((bound) => `no ${bound}`);
}

/** The one that talks to the Kubernetes API. */
const NEEDS_TOKEN = 'job-launcher';

function podFindings(pod: PodSpec, { metadata }: KubernetesObject): string[] {
  const hasToken = pod.automountServiceAccountToken !== false;
  return [
    ...(hasToken && metadata?.name !== NEEDS_TOKEN ? ['service-account token in the pod'] : []),
    ...(pod.hostNetwork || pod.hostPID || pod.hostIPC ? ['part of the host'] : []),
    ...(pod.volumes?.some(({ hostPath }) => hostPath) ? ['directory of the host'] : []),
    ...(pod.securityContext?.runAsNonRoot === true ? [] : ['may run as root']),
    ...(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['no seccomp profile']),
    ...[...(pod.initContainers ?? []), ...pod.containers].flatMap(containerFindings),
  ];
}

/** Names whose values are secrets, or hold one. */
const SECRET = /PASSWORD|TOKEN|SECRET|_KEY$/;

function containerFindings({ name, image, env = [], resources, securityContext }: Container): string[] {
  const found = [
    ...(securityContext?.allowPrivilegeEscalation === false ? [] : ['privilege escalation']),
    ...(securityContext?.privileged ? ['privileged'] : []),
    ...(securityContext?.readOnlyRootFilesystem ? [] : ['writable root file system']),
    ...(securityContext?.capabilities?.drop?.includes('ALL') ? [] : ['capabilities not dropped']),
    ...(securityContext?.capabilities?.add?.length ? ['capabilities added'] : []),
    ...(resources?.limits?.['memory'] ? [] : ['no memory limit']),
    ...(resources?.limits?.['cpu'] ? [] : ['no CPU limit']),
    ...(image?.endsWith(':latest') || !image?.includes(':') ? [`image ${image} without a fixed tag`] : []),
    ...env.filter((one) => one.value && SECRET.test(one.name)).map((one) => `${one.name} in plain text`),
    ...env
      .filter(({ value }) => /:\/\/[^/@]*:[^/@]*@/.test(value ?? ''))
      .map((one) => `${one.name} with a password`),
  ];
  return found.map((finding) => `container ${name}: ${finding}`);
}

/** All that any service may do in its namespace. */
const ALLOWED: Record<string, string[]> = {
  'batch/jobs': ['create', 'get', 'list', 'watch', 'delete'],
  '/pods': ['get', 'list', 'watch'],
  '/pods/log': ['get'],
};

function roleFindings({ rules = [] }: KubernetesObject): string[] {
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups
      .flatMap((group) => resources.map((resource) => `${group}/${resource}`))
      .flatMap((what) =>
        verbs.filter((verb) => !ALLOWED[what]?.includes(verb)).map((verb) => `may ${verb} ${what}`),
      ),
  );
}
