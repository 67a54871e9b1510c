const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// XML 1.0 has no way to write these; names in a trace are their senders' text.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text of unknown origin as the content of an element or of an attribute in double quotes. */
export function escapeXml(text: string): string {
  return text.replaceAll(FORBIDDEN, '·').replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
