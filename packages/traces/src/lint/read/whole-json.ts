import { formatBy, OTHER_SIGNALS, SPAN_LISTS } from '../../read/otlp-groups.ts';
import type { Sink } from './input.ts';
import { notePartial, PARTIAL, takeJson } from './otlp-json.ts';

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, NEWLINE, COLON] = [
  34, 92, 123, 125, 91, 93, 10, 58,
];
const MAX_KEY = 32;
/** Keys up to this depth show which system wrote the JSON: those of the whole value, and those of the items of its lists. */
const [KEY_DEPTH, MAX_KEYS] = [3, 64];

/**
 * Parses one JSON value over many lines as its bytes arrive. Parses each resource with its spans separately. So the value is never in
 * memory as a whole, and may be longer than a string can be.
 */
export class WholeJson {
  readonly #sink: Sink;
  readonly #name: string;
  #line: number;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** The last string. It is the key of the object or list that opens next. */
  #key: number[] = [];
  /** The depth within the list whose items are parsed, or 0 outside of such a list. */
  #listDepth = 0;
  #hasList = false;
  readonly #keys = new Set<string>();
  /** Whether the next string is the status of the trace, which says whether the trace is complete. */
  #isStatus = false;
  #isPartial = false;
  /** The bytes of the current item. */
  #item: Buffer[] | undefined;
  #itemLine = 0;

  /** `line` is the line in which the value begins. */
  constructor(sink: Sink, name: string, line: number) {
    this.#sink = sink;
    this.#name = name;
    this.#line = line;
  }

  get line(): number {
    return this.#line;
  }

  /** Parses more bytes. Returns the bytes after the line in which the value ends, or undefined if the value continues. */
  add(chunk: Buffer): Buffer | undefined {
    let itemStart = this.#item ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === NEWLINE) this.#line++;
      if (this.#isInString) {
        this.#inString(byte);
        continue;
      }
      if (byte === NEWLINE && this.#depth <= 0) return chunk.subarray(at + 1);
      if (byte === QUOTE) {
        this.#isInString = true;
        this.#key = [];
      } else if (byte === COLON) {
        if (this.#depth <= KEY_DEPTH && this.#listDepth === 0) this.#endKey();
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (this.#opens(byte)) {
          this.#item = [];
          this.#itemLine = this.#line;
          itemStart = at;
        }
      } else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && this.#closes()) {
        this.#item?.push(chunk.subarray(itemStart, at + 1));
        itemStart = -1;
        this.#takeItem();
      }
    }
    if (itemStart >= 0) this.#item?.push(chunk.subarray(itemStart));
    return undefined;
  }

  end(): void {
    if (this.#depth > 0 || this.#isInString)
      this.#sink.problem(
        `${this.#name}:${this.#line}`,
        'the file ends before its JSON does. Was it written to the end?',
      );
    else if (!this.#hasList && ![...SPAN_LISTS, ...OTHER_SIGNALS].some((name) => this.#keys.has(name)))
      this.#sink.problem(
        this.#name,
        `got JSON without "resourceSpans". ${formatBy(this.#keys)}Expected OTLP JSON.`,
      );
    if (this.#isPartial) notePartial(this.#sink, this.#name);
  }

  #endKey(): void {
    const key = String.fromCharCode(...this.#key);
    if (this.#keys.size < MAX_KEYS) this.#keys.add(key);
    this.#isStatus = this.#depth === 1 && key === 'status';
  }

  #endString(): void {
    this.#isInString = false;
    if (!this.#isStatus) return;
    this.#isStatus = false;
    this.#isPartial = String.fromCharCode(...this.#key) === PARTIAL;
  }

  #inString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) {
      this.#endString();
      return;
    }
    if (this.#key.length < MAX_KEY) this.#key.push(byte);
  }

  /** Enters an object or a list. Returns whether an item begins. */
  #opens(byte: number): boolean {
    this.#depth++;
    if (this.#listDepth > 0) return this.#depth === this.#listDepth + 1 && byte === OPEN_OBJECT;
    if (byte === OPEN_LIST && SPAN_LISTS.includes(String.fromCharCode(...this.#key))) {
      this.#listDepth = this.#depth;
      this.#hasList = true;
    }
    this.#key = [];
    return false;
  }

  /** Leaves an object or a list. Returns whether an item ends. */
  #closes(): boolean {
    this.#depth--;
    if (this.#listDepth > this.#depth) this.#listDepth = 0;
    return this.#item !== undefined && this.#depth === this.#listDepth;
  }

  #takeItem(): void {
    const place = `${this.#name}:${this.#itemLine}`;
    const bytes = Buffer.concat(this.#item ?? []);
    this.#item = undefined;
    try {
      takeJson(this.#sink, place, { resourceSpans: [JSON.parse(bytes.toString('utf8'))] });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#sink.problem(place, `not JSON (${reason}). Expected OTLP JSON.`);
    }
  }
}
