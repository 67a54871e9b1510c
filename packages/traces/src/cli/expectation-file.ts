import { LineCounter, isMap, isNode, parseDocument, type Document } from 'yaml';
import type { AssertTreeOptions } from '../assert/assert-tree.ts';
import type { ExpectedSpan } from '../assert/expected-span.ts';
import { show } from '../tree/show.ts';
import { readText } from '../read/files.ts';
import { ExpectationError, readExpected, type ExpectationPath } from '../assert/read.ts';

export interface Expectation {
  roots: ExpectedSpan[];
  options: AssertTreeOptions;
}

/**
 * Reads an expected tree from YAML or JSON: a span, a list of root spans, or `{roots: […], extra, orphans, ignore}`.
 * Throws an `Error` that names file, line and column.
 */
export async function readExpectation(path: string): Promise<Expectation> {
  const text = await textOf(path);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, intAsBigInt: true });
  const [broken] = document.errors;
  if (broken)
    throw new Error(`${at(path, lines, broken.pos[0])}: not valid YAML: ${broken.message}`, {
      cause: broken,
    });
  try {
    return toExpectation(document.toJS({ reviver: toNumber }));
  } catch (error) {
    if (!(error instanceof ExpectationError)) throw error;
    const place = at(path, lines, offsetOf(document, error));
    throw new Error(`${place}: ${error.message}`, { cause: error });
  }
}

/** Converts a `bigint` to a number, if the number is exact. The parser returns all integers as `bigint`, so that none is rounded. */
function toNumber(_key: unknown, value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readText(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Failed to read the expected tree: ${reason}`, { cause });
  }
}

/** Returns a position such as `tree.yaml:7:5`, which editors and CI systems turn into a link. */
function at(path: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${path}:${line}:${col}`;
}

/** Returns the offset of an error in the text: of the value, or of its name if the error is in the name. */
function offsetOf(document: Document, { path, isAboutName }: ExpectationError): number {
  const parent = isAboutName ? document.getIn(path.slice(0, -1), true) : undefined;
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => String(key) === String(path.at(-1)))
    : undefined;
  const node = pair?.key ?? document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function toExpectation(value: unknown): Expectation {
  if (typeof value !== 'object' || value === null || !('roots' in value)) {
    return { roots: rootsOf(value, []), options: {} };
  }
  const { roots, ...options } = value;
  return { roots: rootsOf(roots, ['roots']), options: optionsOf(options) };
}

function rootsOf(value: unknown, path: ExpectationPath): ExpectedSpan[] {
  if (!Array.isArray(value)) return [readExpected(value, 'the root', path)];
  return value.map((root, index) => readExpected(root, `roots[${index}]`, [...path, index]));
}

const allowed: Record<string, (value: unknown) => boolean> = {
  extra: (value) => value === 'allow' || value === 'forbid',
  orphans: (value) => value === 'allow' || value === 'forbid',
  ignore: (value) => Array.isArray(value) && value.every((label) => typeof label === 'string'),
};

function optionsOf(options: object): AssertTreeOptions {
  for (const [name, value] of Object.entries(options)) {
    if (Object.hasOwn(allowed, name) && allowed[name]?.(value)) continue;
    const expected = 'roots, extra and orphans (allow or forbid), ignore (a list of labels)';
    const message = `got ${name}: ${show(value)}. Expected ${expected}.`;
    throw new ExpectationError(message, [name], true);
  }
  return options;
}
