import type { V1EnvVar, V1OwnerReference, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { ANNOTATION_PREFIX, MAX_FIELD_BYTES } from '@beyond-headers/propagation';
import type { Plain } from '../kubernetes/support/manifests.ts';
import {
  allFields,
  carried,
  NOT_VALID,
  OTHER_TRACEPARENT,
  owner,
  TRACE_SHAPE_ANNOTATION,
  TRACEPARENT,
  withFields,
  withTraceparent,
} from './annotations.ts';

/*
 * Annotated pods, and their form after admission. The policy and the webhook share this table, as does injectIntoPodSpec where it has the
 * same task.
 */

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

const A: V1EnvVar = { name: 'A', value: '1' };
/** Returns a tracestate of this length that W3C allows: 32 members, with keys and values of at most 256 characters. */
const tracestateOf = (bytes: number): string => {
  const members = Array.from({ length: 32 }, (_, index) => `k${index}`.padEnd(256, 'k') + '=');
  const lengths = members.map((_, index) => Math.min(256, bytes - 31 - 32 * 257 - index * 256));
  return members.map((key, index) => key + 'v'.repeat(lengths[index] ?? 0)).join(',');
};

export const POD_CASES: PodCase[] = [
  { name: 'nothing carried', annotations: { team: 'orders' }, asked: { main: [A] }, given: { main: [A] } },
  {
    name: 'all fields in every container',
    annotations: allFields,
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
    annotations: { ...allFields, ...withTraceparent(traceparent) },
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
    annotations: allFields,
    asked: { main: [{ name: 'TRACEPARENT', value: OTHER_TRACEPARENT }, A], second: [] },
    given: {
      main: [{ name: 'TRACEPARENT', value: OTHER_TRACEPARENT }, A],
      second: mapped('traceparent', 'tracestate', 'baggage'),
    },
    unlikeInject: true,
  },
  {
    name: 'other variables of its own are kept',
    annotations: allFields,
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
export function podOf({ annotations, asked = { main: [] }, owner: by }: Omit<PodCase, 'name' | 'given'>) {
  const containers = Object.entries(asked).map(([name, env]) => ({
    name,
    image: 'none:1',
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
