import type { Carrier } from '../carrier.ts';
import { fitsAnnotations, isAnnotationName } from './annotation-limits.ts';
import { fieldNames, holdsNothing, readText, removeField, writeField } from './own-fields.ts';

/** `annotationsCarrier` reads and writes the annotations of a Kubernetes object in this form, as in `metadata.annotations`. */
export type Annotations = Record<string, string>;

/**
 * `annotationsCarrier` puts this prefix before the name of each field, as in `tracing.k8s.io/traceparent`. The prefix comes from
 * KEP-5915, a proposal to Kubernetes: https://github.com/kubernetes/enhancements/issues/5915
 */
export const ANNOTATION_PREFIX = 'tracing.k8s.io/';

/**
 * Carries context in the annotations of a Job or its pods (`tracing.k8s.io/traceparent`), where controllers and people can see
 * it.
 *
 * Characters that are not allowed in an annotation's name become `-`. The API server refuses a name that is too long, or that
 * doesn't begin and end with a letter or a digit. It also refuses annotations that are too large in total. The carrier leaves out
 * a field that the API server would refuse.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export const annotationsCarrier: Carrier<Annotations> = {
  isInternal: true,
  nameOf: normalize,
  set(annotations, field, value) {
    const key = keyOf(field);
    if (isAnnotationName(normalize(field)) && fitsAnnotations(annotations, key, value))
      writeField(annotations, key, value);
  },
  get: (annotations, field) => readText(annotations, keyOf(field)),
  keys: (annotations) =>
    fieldNames(annotations)
      .filter((key) => key.startsWith(ANNOTATION_PREFIX))
      .map((key) => key.slice(ANNOTATION_PREFIX.length)),
  isEmpty: holdsNothing,
  clear(annotations, field) {
    removeField(annotations, keyOf(field));
  },
};

// Nearly every inject writes these fields, so a lookup speeds it up.
// Stryker disable all: without these keys each is worked out, to the same.
const KNOWN_KEYS = new Map(
  ['traceparent', 'tracestate', 'baggage'].map((field) => [field, ANNOTATION_PREFIX + normalize(field)]),
);
// Stryker restore all

function keyOf(field: string): string {
  return KNOWN_KEYS.get(field) ?? ANNOTATION_PREFIX + normalize(field);
}

function normalize(field: string): string {
  return field.replaceAll(/[^A-Za-z0-9._-]/g, '-');
}
