import { AssertionError } from 'node:assert';
import { assertTree } from '../expect/assert-tree.ts';
import { readSpansFile } from '../files.ts';
import { fetchTrace, waitForTrace } from '../jaeger.ts';
import type { Span } from '../span.ts';
import { renderWaterfall } from '../waterfall/render.ts';
import { readArguments, usage, UsageError, type Arguments } from './arguments.ts';
import { readExpectation } from './expectation-file.ts';

export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Whether the drawing may have colours. */
  color: boolean;
}

/** The command, without the process: gives the exit code. */
export async function run(args: readonly string[], output: Output): Promise<0 | 1 | 2> {
  try {
    const parsed = readArguments(args);
    if (parsed) return await check(parsed, output);
    output.out(usage);
    return 0;
  } catch (error) {
    return report(error, output);
  }
}

function report(error: unknown, output: Output): 1 | 2 {
  const reason = error instanceof Error ? error : new Error(String(error));
  output.error(reason instanceof UsageError ? `${reason.message}\n\n${usage}` : reason.message);
  return isAssertion(reason) ? 1 : 2;
}

/** The failed assertion itself, or the deadline that passed while it did not hold. */
function isAssertion(error: Error): boolean {
  return error instanceof AssertionError || error.cause instanceof AssertionError;
}

async function check(args: Arguments, output: Output): Promise<0 | 1> {
  const expected = args.expect === undefined ? undefined : await readExpectation(args.expect);
  const assert = (spans: readonly Span[]) => {
    if (!expected) return;
    const { extra = expected.options.extra, ignore } = args;
    assertTree(spans, expected.roots, {
      ...expected.options,
      ...(extra === undefined ? {} : { extra }),
      ignore: [...(expected.options.ignore ?? []), ...ignore],
    });
  };
  const spans = await read(args.source, assert);
  if (args.print) output.out(renderWaterfall(spans, { ...args, color: output.color }));
  assert(spans);
  if (expected) output.out(`As expected: ${spans.length} spans.`);
  return 0;
}

async function read(source: Arguments['source'], assert: (spans: readonly Span[]) => void): Promise<Span[]> {
  if ('file' in source) {
    const spans = await readSpansFile(source.file);
    return source.trace === undefined ? spans : spans.filter(({ traceId }) => traceId === source.trace);
  }
  const { jaeger, trace, waitMs } = source;
  if (waitMs === 0) return fetchTrace(jaeger, trace);
  return waitForTrace(jaeger, trace, assert, { deadlineMs: waitMs });
}
