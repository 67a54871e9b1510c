import {
  ATTRIBUTES,
  CONVENTION_ATTRIBUTES,
  INSTRUMENTED_ATTRIBUTES,
  INSTRUMENTED_SPANS,
  METRICS,
  ON_ANY_SPAN,
  OWN_ATTRIBUTES,
  SPANS,
  stabilityOf,
  typeOf,
  type AttributeDeclaration,
  type AttributeKey,
  type InstrumentedSpans,
  type MetricDeclaration,
  type SpanDeclaration,
} from '@beyond-headers/contracts/telemetry';
import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { RESOURCE } from './resource-services.ts';
import { serverSpans } from './server-spans.ts';

export const spansAndAttributes: Page = {
  path: 'docs/reference/spans-and-attributes.md',
  render: () =>
    formatPage([
      '# Spans and attributes',
      madeFrom('the declarations in packages/contracts/src/telemetry'),
      'This page lists every span, attribute, and metric of this project. The names of attributes and metrics come from ' +
        "OpenTelemetry's [semantic conventions](https://opentelemetry.io/docs/specs/semconv/), except names that begin with `demo.`. " +
        'Those belong to this project.',
      '[A test](../../tests/scenarios/local-system.test.ts) uses all features of the system that `npm start` runs, and checks that the ' +
        'system sends exactly what this page lists. Some attributes are rare, and this test does not produce them. Their rows link to another test that does.',
      `Any span may have ${onAnySpan()}. Baggage is key-value pairs that travel with the trace context. A trace store may add further attributes, such as \`@jaeger@warnings\`.`,
      '## Spans of this project',
      'The sections follow an order through the system. The writer stores the order in a queue. A poller takes the ' +
        'order from the queue, and works on it. Each try to fulfill the order is an attempt. If the order needs a ' +
        'report, the job-launcher creates a Kubernetes Job, in which the report-job runs.',
      'Some orders are special. An order can be split into parts, which are separate orders. An order can stop on ' +
        'purpose, and resume after a pause: after an approval, when its parts have ended, or at a set time. An order can ' +
        'start at a set time, once or repeatedly (a recurring order). Each time, the work on it is a scheduled run. A ' +
        'dead letter is an order that has failed for good. With a [`BATCH_SIZE`](environment-variables.md#poller) of 2 ' +
        'or more, a poller takes up to this many orders at once, and works on them as one batch. A batch can also have ' +
        'a single order.',
      'A service passes on the context of its span, that is, the ids of the trace and of the span, so that the next ' +
        'service can continue the trace. For example, it stores the context in a MongoDB document. A link connects two ' +
        'spans, often in different traces, and makes neither the parent of the other. A ' +
        '[shape](../explanation/parent-or-link.md) says how the span of a consumer relates to the span of the sender: as ' +
        'a child (`parent`), by a link (`link`), or both (`parent+link`).',
      'Each section begins with the service that creates the span, and the kind of the span. A PRODUCER span sends ' +
        'work, and a CONSUMER span is the work on what was sent. A CLIENT span is a request in the process that sends ' +
        'it, and a SERVER span is the same request in the process that answers it. All other spans are INTERNAL. The ' +
        'table lists the attributes of the span, and says when the span has each of them.',
      ...Object.values<SpanDeclaration>(SPANS).flatMap(spanSection),
      '## Spans of instrumentations',
      'An instrumentation is a package of OpenTelemetry that creates spans for a library, such as the driver of MongoDB.',
      ...[serverSpans(), ...INSTRUMENTED_SPANS].flatMap(instrumentedSection),
      '## Attributes of this project',
      'The column "stability" says how likely an attribute is to change. `own` means that only this project defines it. `stable` and ' +
        '`development` come from the semantic conventions, which may still rename an attribute that is marked `development`.',
      attributesTable(Object.values<AttributeDeclaration>(OWN_ATTRIBUTES)),
      '## Attributes of the semantic conventions that our code sets',
      attributesTable(Object.values<AttributeDeclaration>(CONVENTION_ATTRIBUTES)),
      '## Attributes that instrumentations set',
      attributesTable(INSTRUMENTED_ATTRIBUTES),
      '## Resource',
      'The resource describes the process that created a span. The last column lists the services whose spans have the attribute if you ' +
        'run the system with `npm start`. In a cluster, the spans of the writer, poller, and job-launcher also have the ' +
        'attributes of the pod and its container.',
      'Several job-launchers may report the same span `wait admission`, `wait pod` or `observe report-job`, and all ' +
        'reports must be identical. So the resource of these spans leaves out the attributes that describe a single ' +
        'process ([why](../decisions/observer-without-state.md)).',
      table(
        ['attribute', 'type', 'stability', 'meaning', 'example', 'services'],
        RESOURCE.map(([one, services]) => [...attributeCells(one), services.join(', ')]),
      ),
      '## Metrics',
      "Metrics are off unless `OTEL_METRICS_EXPORTER` is set. See [read the queue's metrics](../how-to/read-queue-metrics.md). A unit in braces says what a metric counts.",
      table(
        ['metric', 'instrument', 'unit', 'stability', 'meaning'],
        Object.values<MetricDeclaration>(METRICS).map(({ name, instrument, unit, brief }) => [
          code(name),
          instrument,
          code(unit),
          stabilityOf(name),
          brief,
        ]),
      ),
    ]),
};

const nameOf = (key: string): string => code(ATTRIBUTES[key as AttributeKey].name);

function onAnySpan(): string {
  return Object.entries(ON_ANY_SPAN)
    .map(([key, when]) => `${nameOf(key)} (${when})`)
    .join(' and ');
}

function spanSection(span: SpanDeclaration): string[] {
  const {
    name,
    kind,
    services,
    brief,
    parent,
    links,
    events = [],
    always,
    sometimes = {},
    elsewhere = {},
  } = span;
  const rows = [
    ...always.map((key) => [nameOf(key), 'always']),
    ...Object.entries(sometimes).map(([key, when]) => [nameOf(key), when ?? '']),
    ...Object.entries(elsewhere).map(([key, value]) => {
      const [when = '', test = ''] = value ?? [];
      return [nameOf(key), `${when} ([test](../../${test}))`];
    }),
  ];
  return [
    `### ${name}`,
    `${services.map(code).join(' and ')}, ${kind}. ${brief}`,
    [
      listed('Parent', parent),
      ...(links ? [listed('Links to', links)] : []),
      ...(events.length > 0 ? [`- Events: ${events.map(code).join(', ')}.`] : []),
    ].join('\n'),
    ...(rows.length > 0 ? [table(['attribute', 'when'], rows)] : []),
  ];
}

/** Formats one case on the line of its title, and several cases as a list below it. */
function listed(title: string, cases: string | readonly string[]): string {
  if (typeof cases === 'string') return `- ${title}: ${cases}.`;
  return [`- ${title}:`, ...cases.map((one) => `  - ${one}.`)].join('\n');
}

function instrumentedSection({
  title,
  kind,
  by,
  spans,
  always,
  sometimes = {},
  note,
}: InstrumentedSpans): string[] {
  const more = Object.entries(sometimes).map(([name, when]) => `${code(name)} (if ${when})`);
  return [
    `### ${title}`,
    `${kind}, created by ${by}. Attributes: ${[...always.map(code), ...more].join(', ')}.`,
    ...(note ? [note] : []),
    table(
      ['span', 'service', 'what it does'],
      spans.map(({ name, service, brief }) => [code(name), service, brief]),
    ),
  ];
}

function attributesTable(attributes: readonly AttributeDeclaration[]): string {
  return table(['attribute', 'type', 'stability', 'meaning', 'example'], attributes.map(attributeCells));
}

function attributeCells({ name, brief, example }: AttributeDeclaration): string[] {
  return [code(name), typeOf(example), stabilityOf(name), brief, code(String(example))];
}
