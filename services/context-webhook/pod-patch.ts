import {
  ANNOTATION_PREFIX,
  IMPLICIT_EXTRACTION_VARIABLE,
  TRACE_SHAPE_VARIABLE,
  TRACE_SHAPES,
} from '@beyond-headers/propagation';
import { add, type AddOperation, type Container, type Pod } from './admission-review.ts';
import { carriedKeys, TRACE_SHAPE_ANNOTATION } from './carried-fields.ts';

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { fieldRef: { fieldPath: string } };
}

/** Owners whose template outlives the trace in which it was created. The runs of a CronJob get their shape from their Job. */
const LASTING_OWNERS = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController'];

const TRACEPARENT = 'TRACEPARENT';

/**
 * Returns the patch that adds the context in a pod's annotations to its containers: to all containers of a new pod, or to new ephemeral
 * containers. Existing containers can't be changed. A container that already has a `TRACEPARENT` gets no variables.
 */
export function podPatch({ metadata: sent, spec }: Pod, before?: Pod): AddOperation[] {
  // A request that adds ephemeral containers can't change annotations, so those of the old pod count.
  const metadata = before ? before.metadata : sent;
  const annotations = metadata?.annotations ?? {};
  const keys = carriedKeys(annotations);
  if (keys.length === 0) return [];
  const variables = [...keys.map(byField), ...shapeOf(metadata), switchedOn];
  const kinds = before ? (['ephemeralContainers'] as const) : (['initContainers', 'containers'] as const);
  const old = new Set(before?.spec.ephemeralContainers?.map(({ name }) => name));
  return kinds.flatMap((kind) =>
    (spec[kind] ?? []).flatMap((container, index) =>
      old.has(container.name) ? [] : containerPatch(container, `/spec/${kind}/${index}/env`, variables),
    ),
  );
}

function containerPatch({ env }: Container, path: string, variables: Variable[]): AddOperation[] {
  const names = new Set(env?.map(({ name }) => name));
  if (names.has(TRACEPARENT)) return [];
  return [
    ...(names.size === 0 ? [add(path, [])] : []),
    ...variables.filter(({ name }) => !names.has(name)).map((variable) => add(`${path}/-`, variable)),
  ];
}

/** Uses `fieldRef`, because the kubelet doesn't expand its value: `$(NAME)` in an annotation stays as it is. */
function byField(key: string): Variable {
  return {
    name: key.slice(ANNOTATION_PREFIX.length).toUpperCase(),
    valueFrom: { fieldRef: { fieldPath: `metadata.annotations['${key}']` } },
  };
}

function shapeOf(metadata: Pod['metadata']): Variable[] {
  const asked = TRACE_SHAPES.find((shape) => shape === metadata?.annotations?.[TRACE_SHAPE_ANNOTATION]);
  const isLasting = metadata?.ownerReferences?.some(
    ({ kind, controller }) => controller === true && LASTING_OWNERS.includes(kind),
  );
  const value = asked ?? (isLasting ? 'link' : undefined);
  return value ? [{ name: TRACE_SHAPE_VARIABLE, value }] : [];
}

const switchedOn: Variable = { name: IMPLICIT_EXTRACTION_VARIABLE, value: 'on' };
