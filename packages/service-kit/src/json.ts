/** Parses JSON. Returns undefined for invalid text, which the caller's schema then refuses like any other invalid value. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
