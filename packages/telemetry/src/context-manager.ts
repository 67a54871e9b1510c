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
 * How context travels within the process. In a job, and where `TELEMETRY_IMPLICIT_EXTRACTION` says so, the context in the
 * environment becomes the root of all that runs here. So code that does not know of it joins the trace. The propagator that is set
 * reads it. With the shape `link`, the context is linked and not joined.
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
