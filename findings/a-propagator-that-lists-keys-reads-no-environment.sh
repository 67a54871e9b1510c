#!/usr/bin/env bash
# title: In OpenTelemetry JS, a propagator that lists keys reads no context from the environment
# claim: In environment variables, OpenTelemetry JS writes the names of all fields in upper case. The propagator for AWS X-Ray
#   lists the names of all variables (`keys()`), and searches them for the lower-case name of its field. So it can't read a
#   context that it wrote itself. The propagator for B3, the format of Zipkin, gets each field by its name, so it reads
#   everything that it wrote. The propagator for OpenTracing (OT) gets the fields of the trace context by name, but searches the
#   list for baggage. So it reads the trace context that it wrote, but not the baggage. The context in the script also has a
#   baggage entry, `tenant`. Only the propagator for OT writes this entry.
# guess: Names are converted in both directions, so every propagator reads what it wrote.
# versions: @opentelemetry/propagator-env-carrier 0.222.0, propagator-aws-xray 3.0.0, propagator-ot-trace 0.29.0, propagator-b3 3.1.0
# seen:
#   X-Ray writes X_AMZN_TRACE_ID
#     span undefined, tenant undefined
#   OT writes OT_BAGGAGE_TENANT OT_TRACER_SAMPLED OT_TRACER_SPANID OT_TRACER_TRACEID
#     span b7ad6b7169203331, tenant undefined
#   B3 writes X_B3_SAMPLED X_B3_SPANID X_B3_TRACEID
#     span b7ad6b7169203331, tenant undefined
# date: 2026-11-29
# page: docs/reference/carrier-formats.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,propagator-env-carrier@0.222.0,propagator-aws-xray@3.0.0,propagator-ot-trace@0.29.0,propagator-b3@3.1.0}
cat >"$work/main.mjs" <<'JS'
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { EnvironmentGetter, EnvironmentSetter } from '@opentelemetry/propagator-env-carrier';
import { OTTracePropagator } from '@opentelemetry/propagator-ot-trace';

const spanContext = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const baggage = propagation.createBaggage({ tenant: { value: 'acme' } });
const sent = propagation.setBaggage(trace.setSpanContext(ROOT_CONTEXT, spanContext), baggage);
const propagators = {
  'X-Ray': new AWSXRayPropagator(),
  OT: new OTTracePropagator(),
  B3: new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
};
for (const [name, propagator] of Object.entries(propagators)) {
  const environment = {};
  propagator.inject(sent, undefined, new EnvironmentSetter(environment));
  Object.assign(process.env, environment);
  const back = propagator.extract(ROOT_CONTEXT, undefined, new EnvironmentGetter());
  console.log(`${name} writes ${Object.keys(environment).toSorted().join(' ')}`);
  console.log(`  span ${trace.getSpanContext(back)?.spanId}, tenant ${propagation.getBaggage(back)?.getEntry('tenant')?.value}`);
}
JS
cd "$work" && node main.mjs | check
