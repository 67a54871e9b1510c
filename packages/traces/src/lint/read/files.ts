import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { STANDARD_INPUT } from '../../read/files.ts';
import { isBinary, isGzip, isUtf16, unreadPacking } from '../../read/packed.ts';
import { ByteQueue } from './byte-queue.ts';
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
  input: AsyncIterable<Buffer> = path === STANDARD_INPUT
    ? process.stdin
    : createReadStream(path, { highWaterMark: 1 << 18 }),
): Promise<void> {
  const name = path === STANDARD_INPUT ? 'standard input' : path;
  try {
    const packed = new ByteQueue(input);
    const isPacked = isGzip(await packed.peek(FIRST));
    const bytes = isPacked ? new ByteQueue(pipeline(packed, createGunzip(), () => {})) : packed;
    const first = await bytes.peek(FIRST);
    const packing = unreadPacking(first);
    if (packing !== undefined) sink.problem(name, `${packing} ${EXPECTED}`);
    else if (first.length === 0) sink.problem(name, `the file is empty. ${EXPECTED}`);
    else if (isUtf16(first))
      await readJson(sink, name, decoded(bytes, first[0] === 0xff ? 'utf-16le' : 'utf-16be'));
    else if (isBinary(first)) await readProtobuf(sink, name, bytes);
    else {
      if (first.subarray(0, 3).toString('hex') === UTF8_MARK) await bytes.take(3);
      await readJson(sink, name, bytes);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    sink.problem(name, `${reason}. Expected a file that can be read to its end.`);
  }
}

const EXPECTED = 'Expected OTLP JSON or protobuf, packed by gzip or not.';
const UTF8_MARK = 'efbbbf';

/** Enough bytes to detect the format of a file. */
const FIRST = 4_096;

/** Converts UTF-16, in which PowerShell's `>` writes files. */
async function* decoded(chunks: ByteQueue, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}
