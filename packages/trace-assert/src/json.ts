type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
// Node 24 hands the number's source text to the reviver; the type library does not know of it yet.
const parseWithSource = JSON.parse as (text: string, reviver?: Reviver) => unknown;

// Unquoted, so it is a number; inside a string it only makes the parse slower.
const bareLongInteger = /[:,[]\s*-?\d{16}/;
const integer = /^-?\d+$/;

/**
 * `JSON.parse` that keeps integers beyond 2^53 as strings of digits, as OTLP JSON writes them,
 * so that nanosecond times written as bare numbers lose nothing. Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseJson(text: string): unknown {
  return bareLongInteger.test(text) ? parseWithSource(text, keepLongIntegers) : parseWithSource(text);
}

function keepLongIntegers(_key: string, value: unknown, { source }: { source?: string }): unknown {
  const lossy = typeof value === 'number' && !Number.isSafeInteger(value);
  return lossy && source !== undefined && integer.test(source) ? source : value;
}
