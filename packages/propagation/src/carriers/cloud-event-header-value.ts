/**
 * Encodes an attribute's value for an HTTP header: percent-encodes spaces, double quotes, `%`, and all but printable ASCII.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values
 */
export function encodeHeaderValue(value: string): string {
  return value.toWellFormed().replaceAll(/[^\x21\x23\x24\x26-\x7e]+/g, encodeURIComponent);
}

/** Decodes a header's value, or returns `undefined` if it is invalid. Earlier versions of the binding allowed double quotes around it. */
export function decodeHeaderValue(value: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
  try {
    return decodeURIComponent(quoted?.replaceAll(/\\(.)/g, '$1') ?? value);
  } catch {
    return undefined;
  }
}
