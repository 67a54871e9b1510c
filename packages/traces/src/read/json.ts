// Strings are matched so that digits inside them are passed over.
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const longInteger = /^-?\d{16,}$/;
// Most texts have none outside of strings; looking for one is quicker than going through the tokens.
const bareLongInteger = /[:,[]\s*-?\d{16}/;

/**
 * `JSON.parse` that keeps integers beyond 2^53 as strings of digits, as OTLP JSON writes them, so that nanosecond times
 * written as bare numbers lose nothing. On every Node.js: older ones do not give a number's text to a reviver.
 * Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(bareLongInteger.test(text) ? text.replaceAll(stringOrNumber, quoteLongInteger) : text);
}

function quoteLongInteger(token: string): string {
  return longInteger.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}
