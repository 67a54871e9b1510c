const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// XML 1.0 can't represent these characters, but names in a trace, which are untrusted, may contain them.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Escapes untrusted text for the content of an element, or for an attribute in double quotes. */
export function escapeXml(text: string): string {
  return text.replaceAll(FORBIDDEN, '·').replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
