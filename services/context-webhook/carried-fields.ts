import { ANNOTATION_PREFIX, MAX_FIELD_BYTES } from '@beyond-headers/propagation';

/** Annotations of a Kubernetes object, where it has any. */
export type Annotations = Readonly<Record<string, string>>;

/** The annotations of a context: the first is what the others belong to. */
export const TRACEPARENT_ANNOTATION = `${ANNOTATION_PREFIX}traceparent`;
const COMPANION_ANNOTATIONS = ['tracestate', 'baggage'].map((field) => ANNOTATION_PREFIX + field);

/** What shape the process is to have; other annotations than `tracing.k8s.io/` are ours. */
export const TRACE_SHAPE_ANNOTATION = 'beyond-headers/trace-shape';

// As in k8s/components/context-policy. A version that only we don't know may have more after the flags.
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]*)?$/;
const INVALID = /^(ff|00-.{52}-|..-0{32}|.{36}0{16})/;
const FIELD_TEXT = /^[!-~]([\t -~]*[!-~])?$/;

/** The keys of the annotations that carry a context, valid ones alone; none where there is no valid `traceparent`. */
export function carriedKeys(annotations: Annotations): string[] {
  const traceparent = annotations[TRACEPARENT_ANNOTATION] ?? '';
  if (!isBounded(traceparent) || !TRACEPARENT.test(traceparent) || INVALID.test(traceparent)) return [];
  const companions = COMPANION_ANNOTATIONS.filter((key) => {
    const value = annotations[key] ?? '';
    return isBounded(value) && FIELD_TEXT.test(value);
  });
  return [TRACEPARENT_ANNOTATION, ...companions];
}

const isBounded = (value: string): boolean => value.length <= MAX_FIELD_BYTES;
