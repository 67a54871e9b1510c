const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const longInteger = /^-?\d{16,}$/;
// Most texts have no such integer outside of strings. This check is faster than splitting the text.
const bareLongInteger = /[:,[]\s*-?\d{16}/;

/**
 * Parses JSON like `JSON.parse`, but returns integers beyond 2^53 as strings of digits, as OTLP JSON writes them. So nanosecond times that
 * are bare numbers lose no digits. Uses no reviver, because older versions of Node.js don't pass the text of a number to it. Throws a
 * `SyntaxError` like `JSON.parse`.
 */
export function parseJson(text: string): unknown {
  if (!bareLongInteger.test(text)) return JSON.parse(text);
  const pieces = piecesOf(text).map(({ text: piece, isString }) =>
    isString ? piece : piece.replaceAll(number, quoteLongInteger),
  );
  return JSON.parse(pieces.join(''));
}

function quoteLongInteger(token: string): string {
  return longInteger.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}

/**
 * Parses one JSON text, or several in sequence. There may be one per line, as the Collector's file exporter writes them, or nothing between
 * them, as in a streamed response. Throws a `SyntaxError` that names the line.
 */
export function parseJsonTexts(text: string): unknown[] {
  return textsOf(text).map(({ start, end }) => {
    try {
      return parseJson(text.slice(start, end));
    } catch (cause) {
      const line = text.slice(0, start).split('\n').length;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new SyntaxError(`line ${line}: ${reason}`, { cause });
    }
  });
}

interface Range {
  start: number;
  end: number;
}

/** Returns where each outermost object or array begins and ends. Any text after the last one counts as one more. */
function textsOf(text: string): Range[] {
  const texts: Range[] = [];
  let depth = 0;
  let start = 0;
  for (const { start: at, text: piece, isString } of piecesOf(text)) {
    if (isString) continue;
    for (const { 0: bracket, index } of piece.matchAll(/[{}[\]]/g)) {
      depth += bracket === '{' || bracket === '[' ? 1 : -1;
      if (depth > 0) continue;
      texts.push(trimmed(text, start, at + index + 1));
      start = at + index + 1;
      depth = 0;
    }
  }
  const rest = trimmed(text, start, text.length);
  return rest.start < rest.end ? [...texts, rest] : texts;
}

function trimmed(text: string, start: number, end: number): Range {
  const piece = text.slice(start, end);
  return { start: end - piece.trimStart().length, end: start + piece.trimEnd().length };
}

/**
 * Splits a JSON text into its strings and the parts between them. Doesn't use one regular expression, because a long string would overflow
 * its stack.
 */
function piecesOf(text: string): { start: number; text: string; isString: boolean }[] {
  const pieces = [];
  let start = 0;
  for (let open = text.indexOf('"'); open >= 0; open = text.indexOf('"', start)) {
    const end = endOfString(text, open);
    pieces.push({ start, text: text.slice(start, open), isString: false });
    pieces.push({ start: open, text: text.slice(open, end), isString: true });
    start = end;
  }
  return [...pieces, { start, text: text.slice(start), isString: false }];
}

function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (text[close - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return close + 1;
  }
  return text.length;
}
