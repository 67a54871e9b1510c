import type { Sink } from './input.ts';
import { takeJson } from './otlp-json.ts';
import { WholeJson } from './whole-json.ts';

const NEWLINE = 10;
/** A string of V8 holds at most half a gigabyte. */
const MAX_LINE = 1 << 26;

/**
 * Reads JSON as it comes: one value a line, as the Collector's file exporter writes it, or one value over many lines. A line that is not JSON
 * is remembered with its number, and the next one is read. One that is too long for a text is taken apart.
 */
export async function readJson(
  sink: Sink,
  name: string,
  chunks: AsyncIterable<Buffer>,
  maxLine = MAX_LINE,
): Promise<void> {
  const json = new JsonBytes(sink, name, maxLine);
  for await (const chunk of chunks) json.add(chunk);
  json.end();
}

class JsonBytes {
  readonly #sink: Sink;
  readonly #name: string;
  #line = 0;
  #values = 0;
  /** Bytes of the line that is not over yet. */
  #pieces: Buffer[] = [];
  #length = 0;
  readonly #maxLine: number;
  /** Takes all that follows, where a value turned out to be longer than its line. */
  #whole: WholeJson | undefined;

  constructor(sink: Sink, name: string, maxLine: number) {
    this.#sink = sink;
    this.#name = name;
    this.#maxLine = maxLine;
  }

  add(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0 && !this.#whole; end = chunk.indexOf(NEWLINE, start)) {
      this.#pieces.push(chunk.subarray(start, end + 1));
      start = end + 1;
      this.#endLine();
    }
    if (this.#whole) this.#whole.add(chunk.subarray(start));
    else if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  #hold(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.#maxLine) this.#takeApart(this.#line + 1, Buffer.concat(this.#pieces));
  }

  #takeApart(line: number, bytes: Buffer): void {
    this.#values++;
    this.#pieces = [];
    this.#whole = new WholeJson(this.#sink, this.#name, line, bytes);
  }

  end(): void {
    if (this.#pieces.length > 0) this.#endLine();
    if (this.#whole) this.#whole.end();
    else if (this.#values === 0) this.#sink.problem(this.#name, 'the file is empty. Expected OTLP JSON.');
  }

  #endLine(): void {
    const [first = Buffer.alloc(0), ...more] = this.#pieces;
    const bytes = more.length === 0 ? first : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    this.#line++;
    const text = bytes.toString('utf8').trim();
    if (text !== '') this.#takeLine(text, bytes);
  }

  #takeLine(text: string, bytes: Buffer): void {
    const place = `${this.#name}:${this.#line}`;
    const value = parse(text);
    const isFirst = this.#values++ === 0;
    if ('json' in value) takeJson(this.#sink, place, value.json);
    // After other values a line that begins one may only be cut off. A bracket alone is what programs that indent write.
    else if ((isFirst ? /^[[{]/ : /^[[{]$/).test(text)) this.#takeApart(this.#line, bytes);
    else {
      const shown = JSON.stringify(text.slice(0, 60));
      this.#sink.problem(place, `not JSON (${value.reason}): ${shown}. Expected OTLP JSON.`);
    }
  }
}

function parse(text: string): { json: unknown } | { reason: string } {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The message of V8 ends with the text itself.
    return { reason: reason.split(/, ?"|, \.\.\./, 1)[0] ?? reason };
  }
}
