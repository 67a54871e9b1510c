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
 * How context travels within the process. What whoever started the process put into its environment becomes the root of all that
 * runs here, so that code which knows nothing of it joins the trace: in a job, and where `TELEMETRY_IMPLICIT_EXTRACTION` says so.
 * Reads it with the propagator that is set. With the shape `link` it is linked and not joined.
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
