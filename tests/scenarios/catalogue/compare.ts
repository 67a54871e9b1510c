import {
  ATTRIBUTES,
  ON_ANY_SPAN,
  typeOf,
  type AttributeDeclaration,
  type AttributeKey,
} from '@beyond-headers/contracts/telemetry';
import { labelOf, type AttributeValue, type Span } from '@beyond-headers/traces';
import { RESOURCE } from '../../../scripts/reference/telemetry/resource-services.ts';
import { DECLARED_ATTRIBUTES, DECLARED_SPANS, type DeclaredSpan } from './declared-spans.ts';

const onAnySpan = Object.keys(ON_ANY_SPAN).map((key) => ATTRIBUTES[key as AttributeKey].name);
const prefix: string = ATTRIBUTES.carrierVariable.name;

/** Reports whether Jaeger, and not the system, added the attribute. */
const isOfTheStore = (name: string): boolean => name.startsWith('@jaeger@');

/** Returns the prefix that a declaration covers, for a name such as `demo.carrier.TRACEPARENT`. */
const declaredName = (name: string): string => (name.startsWith(`${prefix}.`) ? prefix : name);

const namesOn = (span: Span): string[] =>
  Object.keys(span.attributes)
    .filter((name) => !isOfTheStore(name))
    .map(declaredName);

/** Returns a sentence for each difference between the declarations and the spans. The spans must cover all declarations. */
export function compareWithCatalogue(spans: readonly Span[]): string[] {
  const byLabel = Map.groupBy(spans, labelOf);
  const declared = new Map(DECLARED_SPANS.map((span) => [span.label, span]));
  return [
    ...[...byLabel.keys()].filter((label) => !declared.has(label)).map((label) => `${label} is not declared`),
    ...DECLARED_SPANS.flatMap((span) => compareSpans(span, byLabel.get(span.label) ?? [])),
    ...onAnySpan
      .filter((name) => !spans.some((span) => name in span.attributes))
      .map((name) => `${name} was on no span`),
    ...compareTypes(spans),
    ...compareResources(spans),
  ];
}

function compareSpans(declared: DeclaredSpan, spans: readonly Span[]): string[] {
  const { label, always, sometimes, elsewhere, possibly, events, mayLink } = declared;
  if (spans.length === 0) return [`${label} is declared and was not made`];
  const allowed = new Set([...always, ...sometimes, ...elsewhere, ...possibly, ...onAnySpan]);
  const found = new Set(spans.flatMap(namesOn));
  const foundEvents = new Set(spans.flatMap((span) => span.events.map(({ name }) => name)));
  const links = spans.some((span) => span.links.length > 0);
  return [
    ...without(found, allowed).map((name) => `${label} has ${name}, which is not declared of it`),
    ...[...always]
      .filter((name) => spans.some((span) => !namesOn(span).includes(name)))
      .map((name) => `${label} does not always have ${name}`),
    ...without(sometimes, found).map((name) => `${label} never had ${name}`),
    ...[...elsewhere]
      .filter((name) => found.has(name))
      .map((name) => `${label} had ${name}: declare it as "sometimes"`),
    ...[...without(foundEvents, events), ...without(events, foundEvents)].map(
      (name) => `${label}: its event "${name}" is not as declared`,
    ),
    ...(links === mayLink ? [] : [`${label}: ${links ? 'links, which is not declared' : 'never linked'}`]),
  ];
}

function compareTypes(spans: readonly Span[]): string[] {
  const problems = spans.flatMap((span) =>
    Object.entries(span.attributes).flatMap(([name, value]) =>
      typeProblem(name, value, DECLARED_ATTRIBUTES.get(declaredName(name))),
    ),
  );
  return [...new Set(problems)];
}

function typeProblem(
  name: string,
  value: AttributeValue,
  declared: AttributeDeclaration | undefined,
): string[] {
  if (!declared) return isOfTheStore(name) ? [] : [`the attribute ${name} is not declared`];
  const type = typeOf(declared.example);
  return typeOf(value) === type ? [] : [`${name} is ${JSON.stringify(value)}, declared as ${type}`];
}

function compareResources(spans: readonly Span[]): string[] {
  const found = new Set(
    spans.flatMap(({ service, resource }) => Object.keys(resource).map((name) => `${service} ${name}`)),
  );
  const declared = new Set(
    RESOURCE.flatMap(([{ name }, services]) => services.map((service) => `${service} ${name}`)),
  );
  return [
    ...without(found, declared).map((entry) => `the resource attribute ${entry} is not declared`),
    ...without(declared, found).map(
      (entry) => `the resource attribute ${entry} is declared and was not there`,
    ),
  ];
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...names].filter((name) => !others.has(name));
}
