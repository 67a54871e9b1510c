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
    'Each cell shows what arrives after an inject and an extract: the trace, or the trace with its baggage. Propagators have the names that `OTEL_PROPAGATORS` gives them.',
    table(['propagator', ...Object.keys(media), 'carries baggage'], rows),
    `Some combinations have limits:

- **Keys of baggage in an environment or a shell.** \`jaeger\` and \`ottrace\` write each baggage entry into a separate field, whose name
  contains the key. The names in these media are in upper case, so a key comes back in lower case, with \`_\` for \`-\` and \`.\`:
  \`tenant.id\` as \`tenant_id\`. W3C's \`baggage\` field keeps the keys.
- **Keys of baggage in a CloudEvent or object metadata.** These media change names too: \`tenant.id\` comes back as \`tenantid\` from
  a CloudEvent, and as \`tenant-id\` from object metadata.
- **Length of a trace id.** \`ottrace\` carries only the last 16 digits of a trace id. The first 16 digits arrive as zeros.
- **Search for names.** \`xray\`, \`jaeger\` and \`ottrace\` search the carrier's \`keys()\` for their field names. In a medium that changes names,
  OpenTelemetry's own \`extract\` therefore finds nothing. Use [\`extractContext\`](propagation-api.md#extractcontext), which gives these
  propagators the names that they expect.`,
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
