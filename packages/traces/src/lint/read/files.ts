import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { STANDARD_INPUT } from '../../read/files.ts';
import { isBinary, isGzip, isUtf16, unreadPacking } from '../../read/packed.ts';
import type { Sink } from './input.ts';
import { readJson } from './json-lines.ts';
import { readProtobuf } from './protobuf.ts';

/**
 * Reads the spans of a file into the store. The file contains OTLP as JSON (one value, or one value per line) or as protobuf, and may be
 * compressed with gzip. The file is never in memory as a whole. The sink records what can't be read.
 */
export async function readSpansInto(
  sink: Sink,
  path: string,
  input: () => Readable = () => createReadStream(path, { highWaterMark: 1 << 18 }),
): Promise<void> {
  const name = path === STANDARD_INPUT ? 'standard input' : path;
  try {
    const packed = await Peeked.of(input());
    const plain = isGzip(packed.first) ? await Peeked.of(unpacked(packed)) : packed;
    const packing = unreadPacking(plain.first);
    if (packing !== undefined) sink.problem(name, `${packing} ${EXPECTED}`);
    else if (plain.first.length === 0) sink.problem(name, `the file is empty. ${EXPECTED}`);
    else if (isUtf16(plain.first)) await readJson(sink, name, decoded(plain));
    else if (isBinary(plain.first)) await readProtobuf(sink, name, plain);
    else await readJson(sink, name, withoutMark(plain));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    sink.problem(name, `${reason}. Expected a file that can be read to its end.`);
  }
}

const EXPECTED = 'Expected OTLP JSON or protobuf, packed by gzip or not.';

/** Enough bytes to detect the format of a file, even if the bytes arrive a few at a time. */
const MIN_FIRST = 512;

/** A stream whose first bytes can be inspected and still be read. */
class Peeked implements AsyncIterable<Buffer> {
  readonly first: Buffer;
  readonly #rest: AsyncIterator<Buffer>;

  private constructor(first: Buffer, rest: AsyncIterator<Buffer>) {
    this.first = first;
    this.#rest = rest;
  }

  static async of(source: AsyncIterable<Buffer>): Promise<Peeked> {
    const iterator = source[Symbol.asyncIterator]();
    const pieces: Buffer[] = [];
    let length = 0;
    while (length < MIN_FIRST) {
      const next = await iterator.next();
      if (next.done) break;
      pieces.push(next.value);
      length += next.value.length;
    }
    return new Peeked(Buffer.concat(pieces), iterator);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    yield this.first;
    while (true) {
      const next = await this.#rest.next();
      if (next.done) return;
      yield next.value;
    }
  }
}

function unpacked(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  const source = Readable.from(packed);
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

/** Converts UTF-16, in which PowerShell's `>` writes files. */
async function* decoded(chunks: Peeked): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(chunks.first[0] === 0xff ? 'utf-16le' : 'utf-16be');
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}

async function* withoutMark(chunks: Peeked): AsyncGenerator<Buffer> {
  const hasMark = chunks.first.subarray(0, 3).toString('hex') === 'efbbbf';
  let isFirst = true;
  for await (const chunk of chunks) {
    yield isFirst && hasMark ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}
