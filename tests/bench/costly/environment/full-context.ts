import { createHash } from 'node:crypto';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { V1EnvVar } from '@kubernetes/client-node';
import { StrictTraceState } from '../../../../packages/propagation/src/strict/trace-state.ts';

const members = Array.from({ length: 32 }, (_, index) => {
  const key = `vendor${String(index).padStart(2, '0')}`.padEnd(256, '-');
  return [key, `$(SECRET)$$${index}`.padEnd(256, 'v')] as const;
});

/** A context with the longest tracestate that W3C allows, with text in it that the kubelet would expand, and with baggage of 4 kB. */
export const FULL = propagation.setBaggage(
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '5'.repeat(32),
    spanId: '6'.repeat(16),
    traceFlags: 1,
    traceState: new StrictTraceState(new Map(members)),
  }),
  propagation.createBaggage({ tenant: { value: 'b'.repeat(4_000) } }),
);

/** Returns variables of other systems whose values look like a tracestate. `valueBytes` is the size of all values together. */
export function manyVariables(count: number, valueBytes: number): V1EnvVar[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `VENDOR_${String(index).padStart(4, '0')}`,
    value: `rojo=$(HOME)$$${index},congo=`.padEnd(valueBytes / count, 't'),
  }));
}

/** Returns the digest that read-environment.mjs prints in a pod that received these variables. */
export function digestOf(env: readonly V1EnvVar[]): string {
  const sorted = env.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ name, value }) => [name, value]);
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
