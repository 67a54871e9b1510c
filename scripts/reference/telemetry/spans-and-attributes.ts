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
      'A test ([catalogue.test.ts](../../tests/scenarios/catalogue.test.ts)) lets a local system do all that it can, and compares what it ' +
        'sends with this page. Everything that it sends is here. Everything here is sent, or names another test that shows it. Names under `demo.` are our ' +
        "own; the others are of OpenTelemetry's [semantic conventions](https://opentelemetry.io/docs/specs/semconv/).",
      `Any span may have ${onAnySpan()}. A trace store may add remarks of its own (\`@jaeger@warnings\`).`,
      '## Spans of our own',
      ...Object.values<SpanDeclaration>(SPANS).flatMap(spanSection),
      '## Spans of instrumentations',
      ...[serverSpans(), ...INSTRUMENTED_SPANS].flatMap(instrumentedSection),
      '## Attributes of our own',
      attributesTable(Object.values<AttributeDeclaration>(OWN_ATTRIBUTES)),
      '## Attributes of the conventions that our code sets',
      attributesTable(Object.values<AttributeDeclaration>(CONVENTION_ATTRIBUTES)),
      '## Attributes that instrumentations set',
      attributesTable(INSTRUMENTED_ATTRIBUTES),
      '## Resource',
      'The process that made a span. The spans that show what Kubernetes saw (`wait pod`, `observe report-job`) leave out the attributes ' +
        'of one process: any process may report them, and each reports the same ([why](../decisions/observer-without-state.md)).',
      table(
        ['attribute', 'type', 'stability', 'meaning', 'example', 'of'],
        RESOURCE_ATTRIBUTES.map((one) => [...attributeCells(one), resourceServices(one).join(', ')]),
      ),
      '## Metrics',
      "Off unless `OTEL_METRICS_EXPORTER` is set: [read the queue's metrics](../how-to/read-queue-metrics.md).",
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
      `- Parent: ${parent}.`,
      ...(links ? [`- Links to: ${links}.`] : []),
      ...(events.length > 0 ? [`- Events: ${events.map(code).join(', ')}.`] : []),
    ].join('\n'),
    ...(rows.length > 0 ? [table(['attribute', 'when'], rows)] : []),
  ];
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
  const more = Object.entries(sometimes).map(([name, when]) => `${code(name)} where ${when}`);
  return [
    `### ${title}`,
    `${kind}, made by ${by}. Attributes: ${[...always.map(code), ...more].join(', ')}.`,
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
