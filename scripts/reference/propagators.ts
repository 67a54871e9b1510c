import { propagation, ROOT_CONTEXT, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { extractContext, injectContext } from '@beyond-headers/propagation';
import { propagators, type NamedPropagator } from '../../packages/propagation/src/testing/all-propagators.ts';
import { media, type Medium } from '../../packages/propagation/src/testing/media.ts';
import { code, formatPage, madeFrom, table, type Page } from './page.ts';

const SPAN = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
};

/** What each propagator brings back through each carrier, found out by doing it. */
export const propagatorTable: Page = { path: 'docs/reference/propagators.md', render };

async function render(): Promise<string> {
  const rows = Object.entries(propagators).map(([name, named]) => [
    code(name),
    ...Object.values(media).map((medium) => roundTrip(named, medium)),
    named.hasBaggage ? 'yes' : 'not in its format',
  ]);
  return formatPage([
    '# Propagators through carriers',
    madeFrom('round trips of every propagator through every carrier'),
    'Each cell is what arrives: the trace, or the trace with its baggage. Propagators have the names that `OTEL_PROPAGATORS` gives them.',
    table(['propagator', ...Object.keys(media), 'carries baggage'], rows),
    `Four things to know:

- An environment and a shell have upper-case names only. A baggage key that a propagator writes into a field of its own (\`jaeger\`, \`ottrace\`)
  comes back in lower case. In it, \`-\` and \`.\` come back as \`_\`: \`tenant.id\` as \`tenant_id\`. W3C baggage keeps its keys.
- A CloudEvent has lower-case letters and digits only, object metadata no \`.\` and \`_\`. In such a field of its own, \`tenant.id\` comes
  back as \`tenantid\` from a CloudEvent and as \`tenant-id\` from object metadata.
- \`ottrace\` has room for the last 16 digits of a trace id. The rest arrives as zeros.
- Some propagators (\`xray\`, \`jaeger\`, \`ottrace\`) look through \`keys()\` for the names that they know. Use
  [\`extractContext\`](propagation-api.md#extractcontext), which gives them these names; the call of OpenTelemetry's own API with a
  carrier that changes names finds nothing.`,
  ]);
}

function roundTrip({ propagator, traceIdDigits = 32 }: NamedPropagator, { carrier, create }: Medium): string {
  propagation.setGlobalPropagator(propagator);
  try {
    const source = propagation.setBaggage(
      trace.setSpanContext(ROOT_CONTEXT, SPAN),
      propagation.createBaggage({ tenant: { value: 'acme' } }),
    );
    return describe(extractContext(injectContext(source, create(), carrier), carrier), traceIdDigits);
  } finally {
    propagation.disable();
  }
}

function describe(context: Context, traceIdDigits: number): string {
  const spanContext = trace.getSpanContext(context);
  const expected = SPAN.traceId.slice(-traceIdDigits).padStart(32, '0');
  if (spanContext?.traceId !== expected || spanContext.spanId !== SPAN.spanId) return 'nothing';
  return propagation.getBaggage(context)?.getEntry('tenant')?.value === 'acme' ? 'trace, baggage' : 'trace';
}
