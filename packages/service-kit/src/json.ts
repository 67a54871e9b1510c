/** Returns undefined for text that is not JSON, which the caller's schema then refuses like any other invalid value. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
