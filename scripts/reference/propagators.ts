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

/** The page that shows what survives a round trip with each propagator through each medium, measured by running them. */
export const propagatorTable: Page = { path: 'docs/reference/propagators.md', render };

async function render(): Promise<string> {
  const rows = Object.entries(propagators).map(([name, named]) => [
    code(name),
    ...Object.values(media).map((medium) => roundTrip(named, medium)),
    named.hasBaggage ? 'yes' : 'no: its format has none',
  ]);
  return formatPage([
    '# Propagators through carriers',
    madeFrom('round trips of every propagator through every carrier'),
    'A propagator turns a context into fields, such as `traceparent`. A carrier writes these fields to a medium, such as a document, and reads them back. This table shows which propagators you can use with which carriers.',
    'For each cell, a test context with a trace and one baggage entry is injected and extracted. The cell shows what arrives: the trace, or the trace and the baggage. The first column has the values of the variable `OTEL_PROPAGATORS`. Two names are not such values: `strict tracecontext` is the `StrictTraceContextPropagator` of this library, and `jaeger, other names` is a Jaeger propagator that was created with other field names.',
    table(['propagator', ...Object.keys(media), 'carries baggage'], rows),
    `Some combinations have limits:

- **Keys of baggage can change.** \`jaeger\` and \`ottrace\` write each baggage entry into a separate field, whose name contains the
  key. Some media change the names of fields, so the key changes too. In an environment or a shell, the key \`tenant.id\` becomes
  \`tenant_id\`. In a CloudEvent, it becomes \`tenantid\`, and in object metadata \`tenant-id\`. With the W3C field \`baggage\`, keys
  don't change, because they are in the value of the field.
- **Trace ids can be cut off.** \`ottrace\` carries only the last 16 digits of a trace id. The first 16 digits arrive as zeros.
- **Use this library's \`extractContext\`.** \`xray\`, \`jaeger\`, and \`ottrace\` search the names that the carrier's \`keys()\` returns.
  If a medium changes names, OpenTelemetry's \`propagation.extract\` finds nothing there.
  [\`extractContext\`](propagation-api.md#extractcontext) also gives the propagator the names that it expects.`,
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
