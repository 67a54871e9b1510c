import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v1EnvVarCarrier, type V1EnvVarLike } from '@beyond-headers/propagation';
import { traceparent, verdictOf, w3c } from './cases/carrier-case.ts';
import { opening } from './hops/job.ts';
import { withPropagator } from './with-propagator.ts';

// The reason why the setter escapes: unescaped, a caller's tracestate reads the variables that are defined before it.
test('an unescaped tracestate would copy a secret', async (t) => {
  const hop = await opening.open();
  t.after(() => hop.close?.());
  const unescaped: V1EnvVarLike[] = [
    { name: 'TRACEPARENT', value: traceparent },
    { name: 'TRACESTATE', value: 'k=$(SECRET)' },
  ];
  const escaped: V1EnvVarLike[] = [{ name: 'TRACEPARENT', value: traceparent }];
  v1EnvVarCarrier.set(escaped, 'tracestate', 'k=$(SECRET)');
  const arrivals = await hop.carry([unescaped, escaped]);
  const states = withPropagator(w3c, () => arrivals.map((arrival) => verdictOf(arrival)?.tracestate));
  assert.deepEqual(states, ['k=leaked', 'k=$(SECRET)']);
});
