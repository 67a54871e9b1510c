import { SERVICES } from '../../../services/all-services.ts';
import type { Container, KubernetesObject, PodSpec, Probe } from './kubernetes-object.ts';

/**
 * Returns the rules that an object breaks, one line for each finding. Sources: Kubernetes' Pod Security Standard `restricted`, its RBAC
 * good practices, and OWASP's Kubernetes cheat sheet.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export function findings(object: KubernetesObject): string[] {
  const pod = object.spec?.template?.spec ?? object.spec?.jobTemplate?.spec?.template?.spec;
  const found = [
    ...(object.kind === 'Job' ? jobFindings(object) : []),
    ...(pod ? podFindings(pod, object) : []),
    ...(pod && STAYS.has(object.kind) ? stayingFindings(pod) : []),
    ...(object.kind === 'Role' ? roleFindings(object) : []),
    ...(object.kind.startsWith('Cluster') ? ['rights in all namespaces'] : []),
    ...(object.kind === 'ServiceAccount' && object.automountServiceAccountToken !== false
      ? ['token for whatever runs under the account']
      : []),
  ];
  return found.map((finding) => `${object.kind} ${object.metadata?.name}: ${finding}`);
}

/** Kinds whose pods run until they are stopped. */
const STAYS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function jobFindings({ spec }: KubernetesObject): string[] {
  const bounds = ['backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'] as const;
  return bounds.filter((bound) => spec?.[bound] === undefined).map((bound) => `no ${bound}`);
}

/** Services that call the Kubernetes API. */
const NEED_TOKEN = SERVICES.filter(({ needs }) => needs.kubernetes).map(({ name }) => name);

function podFindings(pod: PodSpec, { metadata }: KubernetesObject): string[] {
  const hasToken = pod.automountServiceAccountToken !== false;
  return [
    ...(hasToken && !NEED_TOKEN.includes(metadata?.name ?? '') ? ['service-account token in the pod'] : []),
    ...(pod.enableServiceLinks === false ? [] : ['variables of every Service in the pod']),
    ...(pod.hostNetwork || pod.hostPID || pod.hostIPC ? ['part of the host'] : []),
    ...(pod.volumes?.some(({ hostPath }) => hostPath) ? ['directory of the host'] : []),
    ...(pod.securityContext?.runAsNonRoot === true ? [] : ['may run as root']),
    ...(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['no seccomp profile']),
    ...[...(pod.initContainers ?? []), ...pod.containers].flatMap(containerFindings),
  ];
}

/**
 * Requires startup and liveness probes in each container, and a readiness probe in at least one. The HTTP probes of a container must have
 * different paths.
 */
function stayingFindings({ containers }: PodSpec): string[] {
  return [
    ...(containers.some(({ readinessProbe }) => readinessProbe) ? [] : ['nothing says whether it is ready']),
    ...containers.flatMap(probeFindings),
  ];
}

function probeFindings({
  name,
  ports = [],
  startupProbe,
  readinessProbe,
  livenessProbe,
}: Container): string[] {
  const probes = [startupProbe, readinessProbe, livenessProbe].filter((probe) => probe !== undefined);
  const asked = probes.map(({ httpGet, tcpSocket }: Probe) => httpGet ?? tcpSocket);
  const named = new Set(ports.map((port) => port.name));
  const found = [
    ...(startupProbe && livenessProbe ? [] : ['no startup or liveness probe']),
    ...(httpPaths(probes).size === probes.filter(({ httpGet }) => httpGet).length
      ? []
      : ['probes on the same path']),
    ...(ports.every((port) => port.name) && ports.length > 0 ? [] : ['port without a name']),
    ...asked
      .filter((target) => !named.has(target?.port as string))
      .map((target) => `probe of port ${target?.port}, which has no such name`),
  ];
  return found.map((finding) => `container ${name}: ${finding}`);
}

const httpPaths = (probes: Probe[]) =>
  new Set(probes.flatMap(({ httpGet }) => (httpGet ? [`${httpGet.port}${httpGet.path}`] : [])));

/** Names of variables whose values are or contain secrets. JOB_MONGODB_SECRET has only the name of a Secret. */
const SECRET = /PASSWORD|TOKEN|(?<!^JOB_MONGODB_)SECRET|_KEY$/;

function containerFindings({ name, image, env = [], resources, securityContext }: Container): string[] {
  const found = [
    ...(securityContext?.allowPrivilegeEscalation === false ? [] : ['privilege escalation']),
    ...(securityContext?.privileged ? ['privileged'] : []),
    ...(securityContext?.readOnlyRootFilesystem ? [] : ['writable root file system']),
    ...(securityContext?.capabilities?.drop?.includes('ALL') ? [] : ['capabilities not dropped']),
    ...(securityContext?.capabilities?.add?.length ? ['capabilities added'] : []),
    ...(resources?.limits?.['memory'] ? [] : ['no memory limit']),
    ...(resources?.limits?.['cpu'] ? [] : ['no CPU limit']),
    ...(resources?.requests?.['cpu'] ? [] : ['no CPU request']),
    ...(isFixed(image) ? [] : [`image ${image} without a fixed tag`]),
    ...env.filter((one) => one.value && SECRET.test(one.name)).map((one) => `${one.name} in plain text`),
    ...env
      .filter(({ value }) => /:\/\/[^/@]*:[^/@]*@/.test(value ?? ''))
      .map((one) => `${one.name} with a password`),
  ];
  return found.map((finding) => `container ${name}: ${finding}`);
}

/** This project's images, which get their tag from an overlay or from Tilt. */
const OWN = /^beyond-headers\/[a-z-]+$/;
const isFixed = (image = '') => OWN.test(image) || (image.includes(':') && !image.endsWith(':latest'));

/** The only rights that a service may have in its namespace. */
const ALLOWED: Record<string, string[]> = {
  'batch/jobs': ['create', 'get', 'list', 'watch'],
  '/pods': ['get', 'list', 'watch'],
};

function roleFindings({ rules = [] }: KubernetesObject): string[] {
  return rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups
      .flatMap((group) => resources.map((resource) => `${group}/${resource}`))
      .flatMap((what) =>
        verbs.filter((verb) => !ALLOWED[what]?.includes(verb)).map((verb) => `may ${verb} ${what}`),
      ),
  );
}
