import {
  ATTRIBUTES,
  CONVENTION_ATTRIBUTES,
  INSTRUMENTED_ATTRIBUTES,
  INSTRUMENTED_SPANS,
  METRICS,
  ON_ANY_SPAN,
  OWN_ATTRIBUTES,
  RESOURCE_ATTRIBUTES,
  SPANS,
  type AttributeDeclaration,
  type AttributeKey,
  type InstrumentedSpans,
  type MetricDeclaration,
  type SpanDeclaration,
} from '@beyond-headers/contracts/telemetry';
import { code, formatPage, madeFrom, table, type Page } from '../page.ts';
import { resourceServices } from './resource-services.ts';
import { serverSpans } from './server-spans.ts';

export const spansAndAttributes: Page = {
  path: 'docs/reference/spans-and-attributes.md',
  render: () =>
    formatPage([
      '# Spans and attributes',
      madeFrom('the declarations in packages/contracts/src/telemetry'),
      'This page lists every span, attribute and metric of this project. A test ' +
        '([local-system.test.ts](../../tests/scenarios/local-system.test.ts)) uses all features of a local system, and compares what the system ' +
        'sends with this page. If that test does not produce an attribute, its row names another test that does. Names under `demo.` are ' +
        "this project's own. The others come from OpenTelemetry's [semantic conventions](https://opentelemetry.io/docs/specs/semconv/).",
      `Any span may have ${onAnySpan()}. A trace store may add its own attributes, such as \`@jaeger@warnings\`.`,
      '## Spans of this project',
      'Orders wait in a queue, from which pollers take them. Each try to fulfill an order is an attempt. An order can stop on purpose, and ' +
        'resume after a pause: after an approval, after its parts, or at a set time. A [shape](../explanation/parent-or-link.md) says how ' +
        'the span of a consumer relates to the context that it found: `parent`, `link` or `parent+link`.',
      ...Object.values<SpanDeclaration>(SPANS).flatMap(spanSection),
      '## Spans of instrumentations',
      ...[serverSpans(), ...INSTRUMENTED_SPANS].flatMap(instrumentedSection),
      '## Attributes of this project',
      attributesTable(Object.values<AttributeDeclaration>(OWN_ATTRIBUTES)),
      '## Attributes of the conventions that our code sets',
      attributesTable(Object.values<AttributeDeclaration>(CONVENTION_ATTRIBUTES)),
      '## Attributes that instrumentations set',
      attributesTable(INSTRUMENTED_ATTRIBUTES),
      '## Resource',
      'The resource describes the process that created a span. The last column lists the services whose spans have the attribute. ' +
        'The spans `wait admission`, `wait pod` and `observe report-job` are an exception: several launchers may report the same span, and ' +
        'all reports must be identical. So the resource of these spans leaves out the attributes of a single process ' +
        '([why](../decisions/observer-without-state.md)).',
      table(
        ['attribute', 'type', 'stability', 'meaning', 'example', 'of'],
        RESOURCE_ATTRIBUTES.map((one) => [...attributeCells(one), resourceServices(one).join(', ')]),
      ),
      '## Metrics',
      "Metrics are off unless `OTEL_METRICS_EXPORTER` is set. See [read the queue's metrics](../how-to/read-queue-metrics.md).",
      table(
        ['metric', 'instrument', 'unit', 'stability', 'meaning'],
        Object.values<MetricDeclaration>(METRICS).map(({ name, instrument, unit, stability, brief }) => [
          code(name),
          instrument,
          code(unit),
          stability ?? 'own',
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
      return [nameOf(key), `${when} ([shown here](../../${test}))`];
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

/** One case on one line, several as a list below it. */
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
  const more = Object.entries(sometimes).map(([name, when]) => `${code(name)} if ${when}`);
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

function attributeCells({ name, type, stability, brief, example }: AttributeDeclaration): string[] {
  return [code(name), type, stability ?? 'own', brief, code(String(example))];
}
