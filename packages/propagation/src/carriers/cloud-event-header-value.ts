/**
 * Writes an attribute as an HTTP header: spaces, double quotes, `%` and anything but printable ASCII are percent-encoded.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values
 */
export function encodeHeaderValue(value: string): string {
  return value.toWellFormed().replaceAll(/[^\x21\x23\x24\x26-\x7e]+/g, encodeURIComponent);
}

/** Reads it back. A value that isn't valid is `undefined`; one in double quotes is what earlier versions of the binding allowed. */
export function decodeHeaderValue(value: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
  try {
    return decodeURIComponent(quoted?.replaceAll(/\\(.)/g, '$1') ?? value);
  } catch {
    return undefined;
  }
}
