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
    named.format,
    arrivals(named),
  ]);
  return formatPage([
    '# Propagators through carriers',
    madeFrom('round trips of every propagator through every carrier'),
    'A propagator turns a context into fields, such as `traceparent`, and back. A carrier writes these fields to a medium, such as a document, and reads them back. This page shows which propagators you can use with which carriers.',
    "To choose propagators with the package [telemetry](../../packages/telemetry/README.md), set the variable `OTEL_PROPAGATORS` to a value in the first column of the table. For `jaeger`, `ottrace`, and `xray`, also install the package of the propagator. Without the package telemetry, OpenTelemetry's NodeSDK [ignores `xray` and `jaeger`](surprises.md#in-nodesdk-an-unknown-propagator-carries-nothing-and-no-warning-is-logged).",
    `The first column also names three propagators that you can create only in code, so the variable can't name them:

- \`strict tracecontext\` is the [\`StrictTraceContextPropagator\`](w3c-differences.md) of this library.
- \`jaeger, other names\` is a \`JaegerPropagator\` with other field names.
- \`instana\` is the \`InstanaPropagator\` of \`@opentelemetry/propagator-instana\`.`,
    'For each row, the propagator wrote a context into each carrier, and read it back. The context had a trace and one baggage entry (a key and a value of your own). The last column shows what arrived. If a result holds only for some carriers, the column names these carriers.',
    table(['propagator', 'format', 'what arrives through each carrier'], rows),
    '[Carrier formats](carrier-formats.md) describes the carriers.',
    `Some combinations have limits:

- **Keys of baggage can change.** \`jaeger\` and \`ottrace\` write each baggage entry into a separate field, whose name contains the
  key. Some media change the names of fields, so the key changes too. In an environment or a shell, the key \`tenant.id\` becomes
  \`tenant_id\`. In a CloudEvent (a standard format for events), it becomes \`tenantid\`. In the metadata of an object in an object store, such as S3, it becomes \`tenant-id\`. With the W3C field \`baggage\`, keys
  don't change, because they are in the value of the field.
- **Trace ids can be cut off.** \`ottrace\` carries only the last 16 digits of a trace id. The first 16 digits arrive as zeros, so the
  receiver continues a trace with another id.
- **Use this library's \`extractContext\`.** To find the context, \`xray\` searches the names of all fields in a carrier. To find baggage, \`jaeger\` and \`ottrace\` do the same. Some media, such as an environment, change these names. In these media, OpenTelemetry's own function
  \`propagation.extract\` finds no context with \`xray\`, and no baggage with \`jaeger\` and \`ottrace\`. [\`extractContext\`](propagation-api.md#extractcontext) works, because it also gives the
  propagator the names that it expects.`,
  ]);
}

/** What arrives, once where that is the same through every carrier. */
function arrivals(named: NamedPropagator): string {
  const mediaOf = Object.groupBy(Object.keys(media), (medium) => roundTrip(named, media[medium]!));
  const results = Object.entries(mediaOf);
  if (results.length === 1) return results[0]![0] + (named.hasBaggage ? '' : '; the format has no baggage');
  return results.map(([result, through = []]) => `${result} (${through.join(', ')})`).join('; ');
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
