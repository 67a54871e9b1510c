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
    named.hasBaggage ? 'yes' : 'no: its format has none',
  ]);
  return formatPage([
    '# Propagators through carriers',
    madeFrom('round trips of every propagator through every carrier'),
    'A test context with a trace and one baggage entry goes through each propagator and each carrier, by an inject and an extract. Each cell shows what arrives: the trace, or the trace and the baggage. The first column has the values of `OTEL_PROPAGATORS`. In addition, `strict` stands for `StrictTraceContextPropagator` of this library, and `jaeger with prefixes of its own` for a Jaeger propagator whose field names were changed.',
    table(['propagator', ...Object.keys(media), 'carries baggage'], rows),
    `Some combinations have limits:

- **Keys of baggage.** \`jaeger\` and \`ottrace\` write each baggage entry into a separate field, whose name contains the key. Some
  media change such names, so the key changes too. From an environment or a shell, the key \`tenant.id\` comes back as \`tenant_id\`.
  From a CloudEvent, it comes back as \`tenantid\`, and from object metadata as \`tenant-id\`. The field \`baggage\` of W3C keeps its
  keys, because they are in its value.
- **Length of a trace id.** \`ottrace\` carries only the last 16 digits of a trace id. The first 16 digits arrive as zeros.
- **Media that change names.** \`xray\`, \`jaeger\` and \`ottrace\` search the names that the carrier's \`keys()\` returns. In a medium that
  changes names, they don't find their own. Use [\`extractContext\`](propagation-api.md#extractcontext) of this library, which also
  gives them the names that they expect. OpenTelemetry's \`propagation.extract\` finds nothing there.`,
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
