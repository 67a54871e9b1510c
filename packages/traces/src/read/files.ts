import { readFile } from 'node:fs/promises';
import { parseJson } from './json.ts';
import { parseOtlp } from './otlp.ts';
import type { Span } from '../tree/span.ts';

/**
 * Reads spans from a file of OTLP JSON: one object, an array of them, Jaeger's answer, or one object a line as the
 * Collector's file exporter writes. Throws an `Error` that names the file.
 */
export async function readSpansFile(path: string): Promise<Span[]> {
  const text = await readFile(path, 'utf8');
  try {
    return parseOtlp(chunksOf(text));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Failed to read spans from ${path}: ${reason}`, { cause });
  }
}

function chunksOf(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // One object over many lines does not end its first line as JSON.
  return lines.length > 1 && isJson(lines[0] ?? '') ? lines.map((line) => parseJson(line)) : parseJson(text);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
