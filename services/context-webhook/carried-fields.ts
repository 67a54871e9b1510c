import { ANNOTATION_PREFIX, MAX_FIELD_BYTES } from '@beyond-headers/propagation';

/** The annotations of a Kubernetes object. */
export type Annotations = Readonly<Record<string, string>>;

/** The annotations that carry a context. The companions count only together with a valid `traceparent`. */
export const TRACEPARENT_ANNOTATION = `${ANNOTATION_PREFIX}traceparent`;
const COMPANION_ANNOTATIONS = ['tracestate', 'baggage'].map((field) => ANNOTATION_PREFIX + field);

/** The annotation that selects the trace shape of the process. Unlike `tracing.k8s.io/`, its prefix is this project's own. */
export const TRACE_SHAPE_ANNOTATION = 'beyond-headers/trace-shape';

// The same rules as in k8s/components/context-policy. A future version may have more fields after the flags.
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]*)?$/;
const INVALID = /^(ff|00-.{52}-|..-0{32}|.{36}0{16})/;
const FIELD_TEXT = /^[!-~]([\t -~]*[!-~])?$/;

/** Returns the keys of the valid annotations that carry a context, or none without a valid `traceparent`. */
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
