/** Undefined for text that is not JSON: a schema after it refuses that as it does any other wrong value. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
