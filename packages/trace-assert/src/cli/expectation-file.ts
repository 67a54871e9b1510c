import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { AssertTreeOptions } from '../expect/assert-tree.ts';
import type { ExpectedSpan } from '../expect/expected-span.ts';
import { readExpected } from '../expect/read.ts';

export interface Expectation {
  roots: ExpectedSpan[];
  options: AssertTreeOptions;
}

/**
 * Reads an expected tree from YAML or JSON: a span, a list of root spans, or `{roots: […], extra, orphans, ignore}`.
 * Throws an `Error` that names the file and the place in it.
 */
export async function readExpectation(path: string): Promise<Expectation> {
  try {
    return toExpectation(parse(await readFile(path, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Failed to read the expected tree from ${path}: ${reason}`, { cause });
  }
}

function toExpectation(value: unknown): Expectation {
  if (typeof value !== 'object' || value === null || !('roots' in value)) {
    return { roots: rootsOf(value), options: {} };
  }
  const { roots, ...options } = value;
  return { roots: rootsOf(roots), options: optionsOf(options) };
}

function rootsOf(value: unknown): ExpectedSpan[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((root, index) => readExpected(root, Array.isArray(value) ? `roots[${index}]` : 'the root'));
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
    throw new TypeError(`got ${name}: ${JSON.stringify(value)}. Expected ${expected}.`);
  }
  return options;
}
