import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { parseJsonTexts } from './json.ts';
import { parseOtlp } from './otlp.ts';
import { isBinary, isGzip, isUtf16, unreadPacking } from './packed.ts';
import type { Span } from '../tree/span.ts';

/**
 * Reads spans from a file of OTLP JSON, which may be compressed with gzip. The file contains an object, an array of objects, or a response
 * of Jaeger or Tempo. It may contain several of these in sequence. The Collector's file exporter writes one per line. Throws an `Error`
 * that names the file.
 */
export async function readSpansFile(path: string): Promise<Span[]> {
  try {
    const text = path === STANDARD_INPUT ? textOf(await buffer(process.stdin)) : await readText(path);
    const chunks = parseJsonTexts(text);
    if (chunks.length === 0) throw new Error('the file is empty. Expected OTLP JSON.');
    return parseOtlp(chunks.flat());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `Failed to read spans from ${path === STANDARD_INPUT ? 'standard input' : path}: ${reason}`,
      { cause },
    );
  }
}

/** The path that stands for standard input, but only where spans are read. */
export const STANDARD_INPUT = '-';

/**
 * Reads the text of a file, which may be compressed with gzip. The text is UTF-8, or UTF-16 if it has such a byte-order mark, as
 * PowerShell's `>` writes it.
 */
export async function readText(path: string): Promise<string> {
  return textOf(await readFile(path));
}

function textOf(packed: Buffer): string {
  const bytes = isGzip(packed) ? gunzipSync(packed) : packed;
  const packing = unreadPacking(bytes);
  if (packing !== undefined) throw new Error(`${packing} Expected text, packed by gzip or not.`);
  if (!isUtf16(bytes) && isBinary(bytes))
    throw new Error('the file is binary. Expected text. Only traces lint reads OTLP as protobuf.');
  const encoding = !isUtf16(bytes) ? 'utf-8' : bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  // The decoder removes the byte-order mark.
  return new TextDecoder(encoding).decode(bytes);
}
