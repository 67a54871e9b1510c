import type { Sink } from './input.ts';
import { takeJson } from './otlp-json.ts';
import { WholeJson } from './whole-json.ts';

const NEWLINE = 10;
/**
 * A longer line is parsed in parts. Parsed at once, it would take several times its size in memory, and a string of V8 holds at most half a
 * gigabyte.
 */
const MAX_LINE = 1 << 26;

/**
 * Reads JSON as it arrives: one value per line, as the Collector's file exporter writes it, or one value over many lines. Records a line
 * that is not JSON with its number, and reads the next one. Parses a line in parts if it is longer than `maxLine`.
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
  #isEmpty = true;
  /** The bytes of the current line. */
  #pieces: Buffer[] = [];
  #length = 0;
  readonly #maxLine: number;
  /** Parses the current value, if the value is longer than its line or the line is too long. */
  #whole: WholeJson | undefined;
  /** Whether a line that is not JSON may begin a value over many lines. After another value, it counts as cut off. */
  #mayBegin = true;

  constructor(sink: Sink, name: string, maxLine: number) {
    this.#sink = sink;
    this.#name = name;
    this.#maxLine = maxLine;
  }

  add(chunk: Buffer): void {
    let rest: Buffer | undefined = chunk;
    while (rest && rest.length > 0) rest = this.#whole ? this.#goOn(this.#whole, rest) : this.#addLine(rest);
  }

  #addLine(chunk: Buffer): Buffer | undefined {
    const end = chunk.indexOf(NEWLINE);
    if (end < 0) {
      this.#hold(chunk);
      return undefined;
    }
    this.#pieces.push(chunk.subarray(0, end + 1));
    this.#endLine();
    return chunk.subarray(end + 1);
  }

  #hold(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length <= this.#maxLine) return;
    this.#mayBegin = false;
    this.#takeApart(this.#line + 1, this.#takeLine());
  }

  #takeApart(line: number, bytes: Buffer): void {
    this.#isEmpty = false;
    this.#whole = new WholeJson(this.#sink, this.#name, line);
    this.#goOn(this.#whole, bytes);
  }

  #goOn(whole: WholeJson, bytes: Buffer): Buffer | undefined {
    const rest = whole.add(bytes);
    if (rest) {
      this.#line = whole.line - 1;
      this.#whole = undefined;
      whole.end();
    }
    return rest;
  }

  end(): void {
    if (this.#pieces.length > 0) this.#endLine();
    if (this.#whole) this.#whole.end();
    else if (this.#isEmpty) this.#sink.problem(this.#name, 'the file is empty. Expected OTLP JSON.');
  }

  #takeLine(): Buffer {
    const [first = Buffer.alloc(0), ...more] = this.#pieces;
    const bytes = more.length === 0 ? first : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return bytes;
  }

  #endLine(): void {
    const bytes = this.#takeLine();
    this.#line++;
    const text = bytes.toString('utf8').trim();
    if (text !== '') this.#readLine(text, bytes);
  }

  #readLine(text: string, bytes: Buffer): void {
    const place = `${this.#name}:${this.#line}`;
    const value = parse(text);
    this.#isEmpty = false;
    // Programs that indent JSON write the first bracket on a line of its own.
    const isAlone = /^[[{]$/.test(text);
    const begins = isAlone || (this.#mayBegin && /^[[{]/.test(text));
    this.#mayBegin = begins && !isAlone && !('json' in value);
    if ('json' in value) takeJson(this.#sink, place, value.json);
    else if (begins) this.#takeApart(this.#line, bytes);
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
