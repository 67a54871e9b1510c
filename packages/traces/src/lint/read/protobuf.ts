import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { OtlpAttribute, OtlpLink, OtlpSpan, OtlpTraces, OtlpValue } from '../../read/otlp-types.ts';
import { addResourceSpans } from '../model/read-otlp.ts';
import type { Sink } from './input.ts';

type ResourceSpans = NonNullable<OtlpTraces['resourceSpans']>[number];

/** Tag of the field `resource_spans`, with which `TracesData` and `ExportTraceServiceRequest` begin. */
const RESOURCE_SPANS = 0x0a;
/** Larger than what any exporter sends. A larger number is not a length. */
const MAX_MESSAGE = 1 << 30;

/**
 * Reads OTLP as protobuf: one message, several in sequence, or each after its length in four bytes, as the Collector's file exporter writes
 * them. Source: https://github.com/open-telemetry/opentelemetry-proto.
 */
export async function readProtobuf(sink: Sink, name: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const bytes = new ByteQueue(chunks);
  try {
    const isFramed = (await bytes.peek(1))[0] !== RESOURCE_SPANS;
    while (await bytes.has(1)) {
      if (isFramed) {
        const length = (await bytes.take(4)).readUInt32BE(0);
        takeMessage(sink, name, await bytes.take(checked(length)));
      } else takeGroup(sink, name, await nextField(bytes));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    sink.problem(name, `not OTLP at byte ${bytes.position} (${reason}). Expected OTLP JSON or protobuf.`);
  }
}

function checked(length: number): number {
  if (length > MAX_MESSAGE) throw new RangeError(`a message of ${length} bytes`);
  return length;
}

/** Returns the bytes of the next `resource_spans`. */
async function nextField(bytes: ByteQueue): Promise<Buffer> {
  const [tag] = await bytes.take(1);
  if (tag !== RESOURCE_SPANS) throw new SyntaxError(`a field with the tag ${tag}`);
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const [byte = 0] = await bytes.take(1);
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
    if (shift > 28) throw new SyntaxError('a length without an end');
  }
  return bytes.take(checked(length));
}

function takeMessage(sink: Sink, name: string, message: Buffer): void {
  const reader = new BinaryReader(message);
  let isTraces = message.length === 0;
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.LengthDelimited) {
      takeGroup(sink, name, reader.bytes());
      isTraces = true;
    } else reader.skip(type, field);
  }
  if (!isTraces) throw new SyntaxError('a message without spans');
}

function takeGroup(sink: Sink, name: string, bytes: Uint8Array): void {
  for (const problem of addResourceSpans(sink.store, resourceSpans(bytes)))
    sink.problem(name, `got ${problem}`);
}

/** Reads fields by number. Skips unknown fields, as the protocol requires. */
function read(bytes: Uint8Array, fields: Record<number, (reader: BinaryReader) => void>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const take = fields[field];
    if (take) take(reader);
    else reader.skip(type, field);
  }
  if (reader.pos > reader.len) throw new SyntaxError('a field ends outside of its message');
}

function resourceSpans(bytes: Uint8Array): ResourceSpans {
  const group = {
    resource: { attributes: [] as OtlpAttribute[] },
    scopeSpans: [] as { spans: OtlpSpan[] }[],
  };
  read(bytes, {
    1: (reader) =>
      read(reader.bytes(), { 1: (inner) => void group.resource.attributes.push(attribute(inner.bytes())) }),
    2: (reader) => {
      const spans: OtlpSpan[] = [];
      read(reader.bytes(), { 2: (inner) => void spans.push(span(inner.bytes())) });
      group.scopeSpans.push({ spans });
    },
  });
  return group;
}

function span(bytes: Uint8Array): OtlpSpan {
  const attributes: OtlpAttribute[] = [];
  const links: OtlpLink[] = [];
  const found: OtlpSpan & { flags?: number } = { attributes, links };
  read(bytes, {
    1: (reader) => void (found.traceId = hex(reader)),
    2: (reader) => void (found.spanId = hex(reader)),
    4: (reader) => void (found.parentSpanId = hex(reader)),
    5: (reader) => void (found.name = reader.string()),
    6: (reader) => void (found.kind = reader.int32()),
    7: (reader) => void (found.startTimeUnixNano = String(reader.fixed64())),
    8: (reader) => void (found.endTimeUnixNano = String(reader.fixed64())),
    9: (reader) => void attributes.push(attribute(reader.bytes())),
    13: (reader) => void links.push(link(reader.bytes())),
    15: (reader) => read(reader.bytes(), { 3: (inner) => void (found.status = { code: inner.int32() }) }),
    16: (reader) => void (found.flags = reader.fixed32()),
  });
  return found;
}

function link(bytes: Uint8Array): OtlpLink {
  const found: OtlpLink & { flags?: number } = {};
  read(bytes, {
    1: (reader) => void (found.traceId = hex(reader)),
    2: (reader) => void (found.spanId = hex(reader)),
    6: (reader) => void (found.flags = reader.fixed32()),
  });
  return found;
}

function attribute(bytes: Uint8Array): OtlpAttribute {
  const found: OtlpAttribute = { key: '' };
  read(bytes, {
    1: (reader) => void (found.key = reader.string()),
    2: (reader) => void (found.value = value(reader.bytes())),
  });
  return found;
}

/** Reads texts and numbers. No rule needs the other types. */
function value(bytes: Uint8Array): OtlpValue {
  const found: OtlpValue = {};
  read(bytes, {
    1: (reader) => void (found.stringValue = reader.string()),
    3: (reader) => void (found.intValue = String(reader.int64())),
    4: (reader) => void (found.doubleValue = reader.double()),
  });
  return found;
}

const hex = (reader: BinaryReader): string => Buffer.from(reader.bytes()).toString('hex');

/** A stream of bytes that can be read in pieces of any length. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #length = 0;
  position = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async has(length: number): Promise<boolean> {
    while (this.#length < length) {
      const next = await this.#chunks.next();
      if (next.done) return false;
      this.#held.push(next.value);
      this.#length += next.value.length;
    }
    return true;
  }

  async peek(length: number): Promise<Buffer> {
    if (!(await this.has(length))) throw new RangeError(`${length} bytes expected, ${this.#length} there`);
    if ((this.#held[0]?.length ?? 0) < length) this.#held = [Buffer.concat(this.#held)];
    return (this.#held[0] ?? Buffer.alloc(0)).subarray(0, length);
  }

  async take(length: number): Promise<Buffer> {
    if (length === 0) return Buffer.alloc(0);
    const taken = await this.peek(length);
    const [first = taken, ...others] = this.#held;
    this.#held = first.length > length ? [first.subarray(length), ...others] : others;
    this.#length -= length;
    this.position += length;
    return taken;
  }
}
