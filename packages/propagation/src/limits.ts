/** The size of a `traceparent` of version 00. https://www.w3.org/TR/trace-context-2/#traceparent-header-field-values */
export const TRACEPARENT_BYTES = '00-'.length + 32 + '-'.length + 16 + '-00'.length;

/**
 * The longest `tracestate` that W3C allows. It has 32 members, separated by commas. Each member has a key of 256 characters, `=`,
 * and a value of 256 characters. https://www.w3.org/TR/trace-context-2/#list
 */
export const MAX_TRACESTATE_BYTES = 32 * (256 + 1 + 256) + 31;

/**
 * The maximum size of a `baggage` value. W3C requires that a value up to this size is passed on in full.
 * https://www.w3.org/TR/baggage/#limits
 */
export const MAX_BAGGAGE_BYTES = 8192;

/**
 * The maximum size of the value of a field. `injectContext` doesn't write a longer value, and `extractContext` doesn't read one
 * unless you pass `opaque`. Valid values are ASCII, so a character is a byte.
 */
export const MAX_FIELD_BYTES = Math.max(MAX_TRACESTATE_BYTES, MAX_BAGGAGE_BYTES);

/**
 * The maximum size of a field's name in an annotation: the part of the key after the prefix.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export const MAX_FIELD_NAME_BYTES = 63;
