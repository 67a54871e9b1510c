import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { parseJsonTexts } from './json.ts';
import { parseOtlp } from './otlp.ts';
import { isGzip, unreadPacking } from './packed.ts';
import type { Span } from '../tree/span.ts';

/**
 * Reads spans from a file of OTLP JSON, packed by gzip or not: one object, an array of them, Jaeger's or Tempo's answer, or several in sequence.
 * The Collector's file exporter writes one a line. Throws an `Error` that names the file.
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

/** Standard input, where spans are asked for. */
export const STANDARD_INPUT = '-';

/** The text of a file, packed by gzip or not: in UTF-8, or in UTF-16 where a byte-order mark says so, as PowerShell's `>` writes it. */
export async function readText(path: string): Promise<string> {
  return textOf(await readFile(path));
}

function textOf(packed: Buffer): string {
  const packing = unreadPacking(packed);
  if (packing !== undefined) throw new Error(`${packing} Expected text, packed by gzip or not.`);
  const bytes = isGzip(packed) ? gunzipSync(packed) : packed;
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  // The decoder takes the mark away.
  return new TextDecoder(encoding).decode(bytes);
}
