import type { ContextManager } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  ExtractedRootContextManager,
  extractFromEnvironment,
  shapeExtractedRoot,
  shouldExtractImplicitly,
  type TraceShape,
} from '@beyond-headers/propagation';

/**
 * Creates the context manager of the process. With implicit extraction, which is the default in a job, the context in the
 * environment becomes the root context. So code that doesn't extract it joins the trace. The global propagator reads this
 * context, so set the propagator first. With the shape `link`, spans link to the context instead.
 */
export function createContextManager(
  env: NodeJS.ProcessEnv,
  isJob: boolean,
  shape: TraceShape,
): ContextManager {
  const manager = new AsyncLocalStorageContextManager().enable();
  if (!shouldExtractImplicitly(env, isJob)) return manager;
  return new ExtractedRootContextManager(manager, shapeExtractedRoot(extractFromEnvironment(env), shape));
}
