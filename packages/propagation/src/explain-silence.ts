import { propagation } from '@opentelemetry/api';
import { registered, type Registry } from './registry.ts';
import { attempt } from './report-once.ts';

const explained = new Set<string>();

/**
 * Warns, through the `diag` logger, if OpenTelemetry is set up but can't carry context. Warns once for each reason. Without an
 * SDK, it doesn't warn, because then no context is expected.
 */
export function explainSilence(): void {
  attempt('find out why no context is carried', () => {
    const registry = registered();
    const reason = registry && reasonIn(registry);
    if (!reason || explained.has(reason)) return;
    explained.add(reason);
    warn(registry, `No context is carried: ${reason}`);
  });
}

function reasonIn(registry: Registry): string | undefined {
  const { version, propagation: propagator, trace, context } = registry;
  if (propagator && propagator.fields().length > 0 && propagation.fields().length === 0)
    return `the SDK is registered with @opentelemetry/api ${version}, and this library loads a later copy, which ignores it. Expected one copy. Run: npm ls @opentelemetry/api`;
  if (!propagator && isIgnored(registry))
    return `@opentelemetry/api ${version} is registered, so the later copy that this library loads can't register an SDK. Expected one copy. Run: npm ls @opentelemetry/api`;
  if (trace && !propagator)
    return 'a tracer provider is set, but no propagator. Call propagation.setGlobalPropagator().';
  if (trace && !context)
    return 'a tracer provider is set, but no context manager, so no span is ever current. Call context.setGlobalContextManager().';
  return undefined;
}

const ignored = new Map<string, boolean>();

/**
 * Reports whether this copy of the API ignores what is registered, because an older copy has registered something first, such as
 * a logger. Tries it once for each version, while no propagator is set. The trial bypasses `setGlobalPropagator`, which logs.
 */
function isIgnored(registry: Registry): boolean {
  const isKnown = ignored.get(registry.version);
  if (isKnown !== undefined) return isKnown;
  registry.propagation = { inject() {}, extract: (base) => base, fields: () => ['trial'] };
  try {
    const isFound = propagation.fields().length > 0;
    ignored.set(registry.version, !isFound);
    return !isFound;
  } finally {
    delete registry.propagation;
  }
}

// The `diag` of this copy ignores a logger that an older copy registered. Few applications set a logger. Without one, the process
// emits the warning.
function warn({ diag }: Registry, message: string): void {
  if (diag) diag.warn(message);
  else processOf(globalThis)?.emitWarning?.(message, { code: 'BEYOND_HEADERS_SILENT' });
}

interface Process {
  emitWarning?: (message: string, options: { code: string }) => void;
}

const processOf = (scope: { process?: Process }): Process | undefined => scope.process;
