import { propagation } from '@opentelemetry/api';
import { registered, type Registry } from './registry.ts';

const explained = new Set<string>();

/**
 * Says once, through the `diag` logger, why nothing can be carried although OpenTelemetry is set up. Without an SDK it says
 * nothing: then nothing is meant to be carried.
 */
export function explainSilence(): void {
  try {
    const registry = registered();
    const reason = registry && reasonIn(registry);
    if (!reason || explained.has(reason)) return;
    explained.add(reason);
    warn(registry, `No context is carried: ${reason}`);
  } catch {
    // A propagator whose `fields()` throws was reported where it was asked to inject.
  }
}

function reasonIn({ version, propagation: propagator, trace, context }: Registry): string | undefined {
  if (propagator && propagator.fields().length > 0 && propagation.fields().length === 0)
    return `the SDK is registered with @opentelemetry/api ${version}, and this library loads a later copy, which ignores it. Expected one copy. Run: npm ls @opentelemetry/api`;
  if (trace && !propagator)
    return 'a tracer provider is set, but no propagator. Call propagation.setGlobalPropagator().';
  if (trace && !context)
    return 'a tracer provider is set, but no context manager, so no span is ever current. Call context.setGlobalContextManager().';
  return undefined;
}

// Not `diag` of this copy: it ignores the logger of an older copy, too. Few applications set a logger; the process then warns.
function warn({ diag }: Registry, message: string): void {
  if (diag) diag.warn(message);
  else processOf(globalThis)?.emitWarning?.(message, { code: 'BEYOND_HEADERS_SILENT' });
}

interface Process {
  emitWarning?: (message: string, options: { code: string }) => void;
}

const processOf = (scope: { process?: Process }): Process | undefined => scope.process;
