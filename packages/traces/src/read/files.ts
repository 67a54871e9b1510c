import { readFile } from 'node:fs/promises';
import { parseJsonTexts } from './json.ts';
import { parseOtlp } from './otlp.ts';
import type { Span } from '../tree/span.ts';

/**
 * Reads spans from a file of OTLP JSON: one object, an array of them, Jaeger's answer, or several of these in sequence.
 * The Collector's file exporter writes one a line. Throws an `Error` that names the file.
 */
export async function readSpansFile(path: string): Promise<Span[]> {
  try {
    const chunks = parseJsonTexts(await readText(path));
    if (chunks.length === 0) throw new Error('the file is empty. Expected OTLP JSON.');
    return parseOtlp(chunks.flat());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Failed to read spans from ${path}: ${reason}`, { cause });
  }
}

/** The text of a file in UTF-8, or in UTF-16 where a byte-order mark says so, as PowerShell's `>` writes it. */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path);
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  // The decoder takes the mark away.
  return new TextDecoder(encoding).decode(bytes);
}
