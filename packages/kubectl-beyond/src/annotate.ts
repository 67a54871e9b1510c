import { context, type Context } from '@opentelemetry/api';
import { annotationsCarrier, injectContext, type Annotations } from '@beyond-headers/propagation';

interface Annotated {
  metadata?: { annotations?: Annotations };
  spec?: { template?: Annotated; jobTemplate?: Annotated };
  items?: Annotated[];
}

/**
 * Writes a context into the annotations of an object and of its templates, where a policy or a webhook finds it. Covers a Job and
 * its pod template, a CronJob's Job template, and each object of a list. Returns the object.
 */
export function annotate<T extends Annotated>(object: T, source: Context = context.active()): T {
  if (Array.isArray(object.items)) {
    for (const item of object.items) annotate(item, source);
    return object;
  }
  object.metadata ??= {};
  object.metadata.annotations = injectContext(source, object.metadata.annotations ?? {}, annotationsCarrier);
  const { template, jobTemplate } = object.spec ?? {};
  // In a custom resource, a template may be a string.
  for (const inner of [template, jobTemplate])
    if (typeof inner === 'object' && inner !== null) annotate(inner, source);
  return object;
}
