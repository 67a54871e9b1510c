import assert, { AssertionError } from 'node:assert';
import { assertTree } from '../assert/assert-tree.ts';
import type { Expected, ExpectedSpan } from '../assert/expected-span.ts';
import { span } from './spans.ts';

/** Returns the lines of the diff, without the sentence above it. */
export function diffOf(...args: Parameters<typeof assertTree>): string[] {
  try {
    assertTree(...args);
  } catch (error) {
    assert.ok(error instanceof AssertionError);
    return error.message.trimEnd().split('\n').slice(2);
  }
  return [];
}

/** Returns only the lines that differ, without their indentation. */
export function marksOf(...args: Parameters<typeof assertTree>): string[] {
  return diffOf(...args)
    .filter((line) => !line.startsWith(' '))
    .map((line) => line.replace(/ +/, ' '));
}

export function root(...children: Expected[]): ExpectedSpan {
  return { name: 'root', children };
}

export function rootWith(...children: ReturnType<typeof span>[]) {
  return [span('1', undefined, 's SERVER root'), ...children];
}
