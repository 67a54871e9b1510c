export { ATTRIBUTES, type AttributeKey } from './attributes.ts';
export { CONVENTION_ATTRIBUTES } from './convention-attributes.ts';
export { stabilityOf } from './conventions.ts';
export { typeOf } from './declarations.ts';
export type { AttributeDeclaration, MetricDeclaration, SpanDeclaration } from './declarations.ts';
export {
  HTTP_SERVER_SPANS,
  INSTRUMENTED_ATTRIBUTES,
  INSTRUMENTED_SPANS,
  type InstrumentedSpans,
} from './instrumented.ts';
export { METRICS } from './metrics.ts';
export { OWN_ATTRIBUTES } from './own-attributes.ts';
export { RESOURCE_ATTRIBUTES } from './resource.ts';
export { ON_ANY_SPAN, SPANS } from './spans.ts';
