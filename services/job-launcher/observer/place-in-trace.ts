import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { V1EnvVar, V1Job, V1Pod } from '@kubernetes/client-node';
import { annotationsCarrier, extractContext, linkTo } from '@beyond-headers/propagation';
import type { DerivedSpan } from '@beyond-headers/telemetry';
import { uidOf } from './pod-facts.ts';

/** Whether observed spans are children of the launch span, or in separate traces that link to it. */
export type ObserverShape = 'parent' | 'link';

/**
 * Places a span under the launch span, or in a separate trace with a link to it. A template that outlives its launch, such as a
 * CronJob's, has TRACE_SHAPE=link. Its pods get separate traces, because otherwise the trace of the launch would grow forever.
 */
export function placeInTrace(
  object: V1Pod | V1Job,
  shape: ObserverShape = 'parent',
): Pick<DerivedSpan, 'context' | 'traceKey' | 'links'> {
  const carried = extractContext(object.metadata?.annotations, annotationsCarrier, ROOT_CONTEXT);
  if (shape === 'parent' && !outlivesItsLaunch(object)) return { context: carried };
  return { context: ROOT_CONTEXT, traceKey: uidOf(object), links: linkTo(trace.getSpanContext(carried)) };
}

function outlivesItsLaunch({ spec }: V1Pod | V1Job): boolean {
  const podSpec = spec && 'template' in spec ? spec.template.spec : spec;
  return podSpec?.containers.some(({ env }) => env?.some(isShapeLink)) ?? false;
}

const isShapeLink = ({ name, value }: V1EnvVar): boolean => name === 'TRACE_SHAPE' && value === 'link';
