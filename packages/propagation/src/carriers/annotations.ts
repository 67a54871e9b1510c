import type { Carrier } from '../carrier.ts';
import { fitsField, readOwnField } from '../field-value.ts';
import { MAX_FIELD_NAME_BYTES } from '../limits.ts';
import { isEmptyObject } from './is-empty-object.ts';
import { isReadable } from './is-readable.ts';

/** Annotations of a Kubernetes object, as in `metadata.annotations`. */
export type Annotations = Record<string, string>;

/** Prefix of the keys. Source: https://github.com/kubernetes/enhancements/issues/5915 */
export const ANNOTATION_PREFIX = 'tracing.k8s.io/';

/**
 * Carries context in the annotations of a Job or its pods (`tracing.k8s.io/traceparent`), where controllers and people see it.
 *
 * Characters that an annotation's name may not have become `-`; a name that is too long is left out.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export const annotationsCarrier: Carrier<Annotations> = {
  isInternal: true,
  set(annotations, field, value) {
    if (field.length > MAX_FIELD_NAME_BYTES || !fitsField(field, value)) return;
    annotations[annotationKeyOf(field)] = value;
  },
  get(annotations, field) {
    return readOwnField(annotations, annotationKeyOf(field));
  },
  keys(annotations) {
    return isReadable(annotations)
      ? Object.keys(annotations).flatMap((key) =>
          key.startsWith(ANNOTATION_PREFIX) ? [key.slice(ANNOTATION_PREFIX.length)] : [],
        )
      : [];
  },
  isEmpty: isEmptyObject,
  clear(annotations, field) {
    delete annotations[annotationKeyOf(field)];
  },
};

// The three that nearly every inject asks for: looked up, as this is on the path of each of them.
const KNOWN_KEYS = new Map(
  ['traceparent', 'tracestate', 'baggage'].map((field) => [field, normalise(field)]),
);

function annotationKeyOf(field: string): string {
  return KNOWN_KEYS.get(field) ?? normalise(field);
}

function normalise(field: string): string {
  return ANNOTATION_PREFIX + field.replaceAll(/[^A-Za-z0-9._-]/g, '-');
}
