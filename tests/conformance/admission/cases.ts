import type { V1EnvVar, V1OwnerReference, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { ANNOTATION_PREFIX, MAX_FIELD_BYTES } from '@beyond-headers/propagation';
import type { Plain } from '../kubernetes/manifests.ts';

/*
 * Annotated pods and Jobs, and their form after admission. The policy and the webhook share this table, as does injectIntoPodSpec where it
 * has the same task.
 */

export const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const OTHER_TRACEPARENT = '00-11111111111111111111111111111111-2222222222222222-01';
const TRACE_SHAPE_ANNOTATION = 'beyond-headers/trace-shape';

/** Returns the annotations that carry these fields of a context. */
export const carried = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [ANNOTATION_PREFIX + field, value]));

const byField = (field: string): V1EnvVar => ({
  name: field.toUpperCase(),
  valueFrom: {
    fieldRef: { apiVersion: 'v1', fieldPath: `metadata.annotations['${ANNOTATION_PREFIX}${field}']` },
  },
});
const SWITCH: V1EnvVar = { name: 'TELEMETRY_IMPLICIT_EXTRACTION', value: 'on' };
const SWITCHED_OFF: V1EnvVar = { name: SWITCH.name, value: 'off' };
const shape = (value: string): V1EnvVar => ({ name: 'TRACE_SHAPE', value });
const mapped = (...fields: string[]): V1EnvVar[] => [...fields.map(byField), SWITCH];
const linked = (...fields: string[]): V1EnvVar[] => [...fields.map(byField), shape('link'), SWITCH];

export interface PodCase {
  name: string;
  annotations: Record<string, string>;
  /** The environments before admission, by container. Names that start with `init-` are those of init containers. */
  asked?: Record<string, V1EnvVar[]>;
  owner?: V1OwnerReference;
  /** The environments after admission. */
  given: Record<string, V1EnvVar[]>;
  /** Set if injectIntoPodSpec differs on purpose: it replaces variables, and doesn't know owners. */
  unlikeInject?: true;
}

const owner = (kind: string, apiVersion = 'apps/v1', controller = true): V1OwnerReference => ({
  apiVersion,
  kind,
  name: 'owner',
  uid: '0c6a1f3e-31b1-4c5e-9d3c-6a4dd1c1d7a1',
  controller,
});
const A: V1EnvVar = { name: 'A', value: '1' };
const all = carried({ traceparent: TRACEPARENT, tracestate: 'a=1,b=2', baggage: 'tier=gold' });
const withTraceparent = (traceparent: string) => carried({ traceparent });
const withFields = (fields: Record<string, string>) => carried({ traceparent: TRACEPARENT, ...fields });
/** Returns a tracestate of this length that W3C allows: 32 members, with keys and values of at most 256 characters. */
const tracestateOf = (bytes: number): string => {
  const members = Array.from({ length: 32 }, (_, index) => `k${index}`.padEnd(256, 'k') + '=');
  const lengths = members.map((_, index) => Math.min(256, bytes - 31 - 32 * 257 - index * 256));
  return members.map((key, index) => key + 'v'.repeat(lengths[index] ?? 0)).join(',');
};

const NOT_VALID: Array<[name: string, traceparent: string]> = [
  ['empty', ''],
  ['in upper case', TRACEPARENT.toUpperCase()],
  ['with a line break after it', `${TRACEPARENT}\n`],
  ['with a line break before it', `\n${TRACEPARENT}`],
  ['with a space around it', ` ${TRACEPARENT}`],
  ['of a reference', '$(SECRET)'],
  ['with a reference after it', `${TRACEPARENT}-$(SECRET)`],
  ['of version ff', TRACEPARENT.replace('00', 'ff')],
  ['without a trace', TRACEPARENT.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32))],
  ['without a span', TRACEPARENT.replace('b7ad6b7169203331', '0'.repeat(16))],
  ['of 130 kB', TRACEPARENT.replace('00', 'cc') + `-${'x'.repeat(130_000)}`],
];

export const POD_CASES: PodCase[] = [
  { name: 'nothing carried', annotations: { team: 'orders' }, asked: { main: [A] }, given: { main: [A] } },
  {
    name: 'all fields in every container',
    annotations: all,
    asked: { 'init-sidecar': [A], 'init-first': [], main: [], second: [A] },
    given: {
      'init-sidecar': [A, ...mapped('traceparent', 'tracestate', 'baggage')],
      'init-first': mapped('traceparent', 'tracestate', 'baggage'),
      main: mapped('traceparent', 'tracestate', 'baggage'),
      second: [A, ...mapped('traceparent', 'tracestate', 'baggage')],
    },
  },
  {
    name: 'traceparent alone',
    annotations: withTraceparent(TRACEPARENT),
    given: { main: mapped('traceparent') },
  },
  {
    name: 'not sampled',
    annotations: withTraceparent(TRACEPARENT.replace(/01$/, '00')),
    given: { main: mapped('traceparent') },
  },
  {
    name: 'a later version with more after it',
    annotations: withTraceparent(`${TRACEPARENT.replace('00', 'cc')}-more`),
    given: { main: mapped('traceparent') },
    // injectIntoPodSpec writes the version that it knows.
    unlikeInject: true,
  },
  ...NOT_VALID.map(([name, traceparent]): PodCase => ({
    name: `traceparent ${name}`,
    annotations: { ...all, ...withTraceparent(traceparent) },
    asked: { main: [A] },
    given: { main: [A] },
    // Baggage alone is also a context for injectIntoPodSpec, and upstream's propagator ignores white space around a traceparent.
    unlikeInject: true,
  })),
  {
    name: 'key in the wrong case',
    annotations: { [`${ANNOTATION_PREFIX}Traceparent`]: TRACEPARENT },
    given: { main: [] },
  },
  {
    name: 'no traceparent',
    annotations: carried({ tracestate: 'a=1', baggage: 'tier=gold' }),
    given: { main: [] },
    unlikeInject: true,
  },
  {
    name: 'reference in a tracestate',
    annotations: withFields({ tracestate: 'a=$(SECRET)' }),
    asked: { main: [{ name: 'SECRET', value: 's3cret' }] },
    given: { main: [{ name: 'SECRET', value: 's3cret' }, ...mapped('traceparent', 'tracestate')] },
  },
  ...['', 'a=1\nb=2', '\u0000', 'a=\u00e9', `k=${'v'.repeat(130_000)}`].map((value): PodCase => ({
    name: `tracestate and baggage ${JSON.stringify(value.slice(0, 10))}`,
    annotations: withFields({ tracestate: value, baggage: value }),
    given: { main: mapped('traceparent') },
    unlikeInject: true,
  })),
  {
    name: 'tracestate as long as a field may be',
    annotations: withFields({ tracestate: tracestateOf(MAX_FIELD_BYTES) }),
    given: { main: mapped('traceparent', 'tracestate') },
    // Upstream's propagator reads no more than 512 characters.
    unlikeInject: true,
  },
  {
    name: 'tracestate longer than a field may be',
    annotations: withFields({ tracestate: `${tracestateOf(MAX_FIELD_BYTES)}x` }),
    given: { main: mapped('traceparent') },
  },
  {
    name: 'own traceparent is kept and nothing added',
    annotations: all,
    asked: { main: [{ name: 'TRACEPARENT', value: OTHER_TRACEPARENT }, A], second: [] },
    given: {
      main: [{ name: 'TRACEPARENT', value: OTHER_TRACEPARENT }, A],
      second: mapped('traceparent', 'tracestate', 'baggage'),
    },
    unlikeInject: true,
  },
  {
    name: 'other variables of its own are kept',
    annotations: all,
    asked: { main: [{ name: 'BAGGAGE', value: 'own=1' }, shape('parent'), SWITCHED_OFF] },
    given: {
      main: [
        { name: 'BAGGAGE', value: 'own=1' },
        shape('parent'),
        SWITCHED_OFF,
        ...['traceparent', 'tracestate'].map(byField),
      ],
    },
    unlikeInject: true,
  },
  ...['ReplicaSet', 'StatefulSet', 'DaemonSet'].map((kind): PodCase => ({
    name: `pod of a ${kind} links`,
    annotations: withTraceparent(TRACEPARENT),
    owner: owner(kind),
    given: { main: linked('traceparent') },
  })),
  {
    name: 'pod of a Job is a child',
    annotations: withTraceparent(TRACEPARENT),
    owner: owner('Job', 'batch/v1'),
    given: { main: mapped('traceparent') },
  },
  {
    name: 'pod of a custom resource is a child',
    annotations: withTraceparent(TRACEPARENT),
    owner: owner('TaskRun', 'tekton.dev/v1'),
    given: { main: mapped('traceparent') },
  },
  {
    name: 'owner that does not control it is none',
    annotations: withTraceparent(TRACEPARENT),
    owner: owner('ReplicaSet', 'apps/v1', false),
    given: { main: mapped('traceparent') },
  },
  {
    name: 'shape by annotation',
    annotations: { ...withTraceparent(TRACEPARENT), [TRACE_SHAPE_ANNOTATION]: 'parent+link' },
    given: { main: [byField('traceparent'), shape('parent+link'), SWITCH] },
  },
  {
    name: 'shape by annotation before that of the owner',
    annotations: { ...withTraceparent(TRACEPARENT), [TRACE_SHAPE_ANNOTATION]: 'parent' },
    owner: owner('ReplicaSet'),
    given: { main: [byField('traceparent'), shape('parent'), SWITCH] },
  },
  {
    name: 'shape that is none',
    annotations: { ...withTraceparent(TRACEPARENT), [TRACE_SHAPE_ANNOTATION]: '$(SECRET)' },
    given: { main: mapped('traceparent') },
  },
];

/** A pod that Pod Security `restricted` admits. */
export function podOf({ annotations, asked = { main: [] }, owner: by }: PodCase, image = 'none:1') {
  const containers = Object.entries(asked).map(([name, env]) => ({
    name,
    image,
    ...(env.length > 0 && { env }),
    ...(name === 'init-sidecar' && { restartPolicy: 'Always' }),
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  }));
  const spec: Plain<V1PodSpec> = {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: containers.filter(({ name }) => name.startsWith('init-')),
    containers: containers.filter(({ name }) => !name.startsWith('init-')),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'case', annotations, ...(by && { ownerReferences: [by] }) },
    spec,
  };
}

/** Returns the environments of a pod's containers, in the form of {@link PodCase.given}. */
export function environmentsOf({ spec }: V1Pod): Record<string, V1EnvVar[]> {
  const containers = [
    ...(spec?.initContainers ?? []),
    ...(spec?.containers ?? []),
    ...(spec?.ephemeralContainers ?? []),
  ];
  const environments = containers.map(({ name, env = [] }) => [name, env]);
  // Turns objects of the client's classes into plain objects.
  return JSON.parse(JSON.stringify(Object.fromEntries(environments))) as Record<string, V1EnvVar[]>;
}

export interface JobCase {
  name: string;
  annotations?: Record<string, string>;
  /** The annotations of the template before admission. `given` has those after it. */
  asked?: Record<string, string>;
  given: Record<string, string>;
  owner?: V1OwnerReference;
}

const CRON_JOB = owner('CronJob', 'batch/v1');
const links = { [TRACE_SHAPE_ANNOTATION]: 'link' };

export const JOB_CASES: JobCase[] = [
  { name: 'Job that carries nothing', asked: { team: 'orders' }, given: { team: 'orders' } },
  { name: 'Job with all fields', annotations: { ...all, team: 'orders' }, given: all },
  {
    name: 'Job whose template has other annotations',
    annotations: all,
    asked: { team: 'orders' },
    given: { ...all, team: 'orders' },
  },
  {
    name: 'Job whose template has a context of its own',
    annotations: all,
    asked: withTraceparent(OTHER_TRACEPARENT),
    given: withTraceparent(OTHER_TRACEPARENT),
  },
  ...NOT_VALID.map(([name, traceparent]): JobCase => ({
    name: `Job with a traceparent ${name}`,
    annotations: { ...all, ...withTraceparent(traceparent) },
    given: {},
  })),
  {
    name: 'Job with a tracestate that is not valid',
    annotations: withFields({ tracestate: 'a=1\n', baggage: 'tier=gold' }),
    given: withFields({ baggage: 'tier=gold' }),
  },
  { name: 'Job of a CronJob', annotations: all, owner: CRON_JOB, given: { ...all, ...links } },
  {
    name: 'Job of a CronJob whose template carries',
    asked: all,
    owner: CRON_JOB,
    given: { ...all, ...links },
  },
  {
    name: 'Job of a CronJob that chose its shape',
    annotations: all,
    asked: { [TRACE_SHAPE_ANNOTATION]: 'parent' },
    owner: CRON_JOB,
    given: { ...all, [TRACE_SHAPE_ANNOTATION]: 'parent' },
  },
  { name: 'Job of a CronJob that carries nothing', owner: CRON_JOB, given: {} },
  {
    name: 'Job of a custom resource',
    annotations: all,
    owner: owner('JobSet', 'jobset.x-k8s.io/v1alpha2'),
    given: all,
  },
];

/** A Job that Pod Security `restricted` admits. */
export function jobOf({ annotations, asked, owner: by }: JobCase, image = 'none:1') {
  const { spec } = podOf({ name: '', annotations: {}, given: {} }, image);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'case', ...(annotations && { annotations }), ...(by && { ownerReferences: [by] }) },
    spec: { template: { ...(asked && { metadata: { annotations: asked } }), spec } },
  };
}
