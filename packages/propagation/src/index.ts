export { startBatchFrom, type BatchMessage } from './batch.ts';
export type { Carrier, ContextGetter, ContextSetter, DocumentContext } from './carrier.ts';
export { amqpHeadersCarrier } from './carriers/amqp-headers.ts';
export { MAX_AMQP_HEADERS_BYTES } from './carriers/amqp-table.ts';
export { MAX_ANNOTATIONS_BYTES } from './carriers/annotation-limits.ts';
export { ANNOTATION_PREFIX, annotationsCarrier, type Annotations } from './carriers/annotations.ts';
export { cloudEventCarrier } from './carriers/cloud-event.ts';
export { cloudEventHttpCarrier, cloudEventKafkaCarrier } from './carriers/cloud-event-headers.ts';
export { documentCarrier } from './carriers/document.ts';
export { envNameOf } from './carriers/env-name.ts';
export { jsonbCarrier } from './carriers/jsonb.ts';
export { kafkaBytesCarrier, kafkaHeadersCarrier } from './carriers/kafka-headers.ts';
export { mapCarrier, type ByteHeaderMap, type HeaderMap } from './carriers/map.ts';
export {
  MAX_METADATA_BYTES,
  objectMetadataCarrier,
  type ObjectMetadata,
} from './carriers/object-metadata.ts';
export type { MapLike } from './carriers/own-fields.ts';
export { processEnvCarrier, type ProcessEnvironment } from './carriers/process-env.ts';
export { shellCarrier } from './carriers/shell.ts';
export { v1EnvVarCarrier, type V1EnvVarLike } from './carriers/v1-env-var.ts';
export type { FieldValues } from './checked-carrier.ts';
export { detached } from './detached.ts';
export { allowBaggage, withBaggageAllowList } from './edge/baggage-allow-list.ts';
export {
  createEdgePropagator,
  EDGE_POLICIES,
  type ChooseEdgePolicy,
  edgeLinkSpanProcessor,
  type EdgeLinkSpanProcessor,
  type EdgePolicy,
} from './edge/edge-policy.ts';
export { environmentForChild, extractFromEnvironment, runWithExtractedContext } from './environment.ts';
export { extractContext } from './extract.ts';
export { ExtractedRootContextManager } from './extracted-root-context-manager.ts';
export { rootLinkSpanProcessor, shapeExtractedRoot, TRACE_SHAPE_VARIABLE } from './extracted-root-shape.ts';
export { inSpan, markFailed, recordSpan, type InSpanOptions } from './in-span.ts';
export { captureContext, injectContext, injectCurrentContext } from './inject.ts';
export {
  IMPLICIT_EXTRACTION_VARIABLE,
  isKubernetesJob,
  JOB_NAME_VARIABLE,
  shouldExtractImplicitly,
} from './kubernetes-job.ts';
export { MAX_BAGGAGE_BYTES, MAX_FIELD_BYTES, MAX_FIELD_NAME_BYTES, MAX_TRACESTATE_BYTES } from './limits.ts';
export { podOwnersAt } from './pod-owners-at.ts';
export {
  injectIntoPodSpec,
  type ContainerLike,
  type PodOwner,
  type PodSpecLike,
  type PodSpecOptions,
} from './pod-spec.ts';
export { HOLD_LINK_AFTER_MS, resumeFrom, type ResumeFrom } from './resume.ts';
export { StrictTraceContextPropagator } from './strict/propagator.ts';
export { type TraceLimit, type TraceLimits } from './trace-limits.ts';
export {
  linkTo,
  startFrom,
  TRACE_SHAPES,
  type SpanStart,
  type StartFrom,
  type TraceShape,
} from './trace-shape.ts';
