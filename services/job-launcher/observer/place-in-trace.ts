import { ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import type { V1EnvVar, V1Job, V1Pod } from '@kubernetes/client-node';
import { annotationsCarrier, extractContext, linkTo } from '@beyond-headers/propagation';
import type { DerivedSpan } from '@beyond-headers/telemetry';

/** Whether what is observed hangs under the launch, or is a trace of its own that links to it. */
export type ObserverShape = 'parent' | 'link';

/**
 * Under the launch, or beside it. A template that outlives its launch, as a CronJob's does, says so by TRACE_SHAPE=link. What it starts
 * is then a trace of its own that links back. Otherwise, the trace of the launch would grow forever.
 */
export function placeInTrace(
  uid: string,
  object: V1Pod | V1Job,
  shape: ObserverShape = 'parent',
): Pick<DerivedSpan, 'context' | 'traceKey' | 'links'> {
  const carried = launchContext(object);
  if (shape === 'parent' && !outlivesItsLaunch(object)) return { context: carried };
  return { context: ROOT_CONTEXT, traceKey: uid, links: linkTo(trace.getSpanContext(carried)) };
}

function outlivesItsLaunch({ spec }: V1Pod | V1Job): boolean {
  const podSpec = spec && 'template' in spec ? spec.template.spec : spec;
  return podSpec?.containers.some(({ env }) => env?.some(isShapeLink)) ?? false;
}

const isShapeLink = ({ name, value }: V1EnvVar): boolean => name === 'TRACE_SHAPE' && value === 'link';

/** The launch span, as the Job and its pods carry it in their annotations. */
function launchContext(object: V1Pod | V1Job): Context {
  return extractContext(object.metadata?.annotations ?? {}, annotationsCarrier, ROOT_CONTEXT);
}
