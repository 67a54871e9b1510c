import { AssertionError } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { assertTree } from '../assert/assert-tree.ts';
import { readSpansFile } from '../read/files.ts';
import { addressOf, fetchTraces } from '../read/jaeger.ts';
import { waitForTrace } from '../read/wait.ts';
import type { Span } from '../tree/span.ts';
import { renderWaterfall } from '../draw/waterfall.ts';
import { readArguments, usage, UsageError, type Arguments } from './arguments.ts';
import { readExpectation } from './expectation-file.ts';
import { toJunit } from './junit.ts';

export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Whether the drawing may have colours. */
  color: boolean;
}

export type ExitCode = 0 | 1 | 2;

/** The command, without the process: gives the exit code. */
export async function run(args: readonly string[], output: Output): Promise<ExitCode> {
  let parsed: Arguments | undefined;
  try {
    parsed = readArguments(args);
  } catch (error) {
    return report(error, output).code;
  }
  if (parsed) return checkAndReport(parsed, output);
  output.out(usage);
  return 0;
}

async function checkAndReport(args: Arguments, output: Output): Promise<ExitCode> {
  const startedAt = performance.now();
  const ended = await check(args, output).then(
    () => ({ code: 0 as const }),
    (error: unknown) => report(error, output),
  );
  if (args.junit === undefined) return ended.code;
  const verdict = { name: nameOf(args), seconds: (performance.now() - startedAt) / 1_000, ...ended };
  try {
    await writeFile(args.junit, toJunit(verdict));
    return ended.code;
  } catch (error) {
    return report(error, output).code;
  }
}

function report(error: unknown, output: Output): { code: 1 | 2; message: string } {
  const reason = error instanceof Error ? error : new Error(String(error));
  output.error(reason instanceof UsageError ? `${reason.message}\n\n${usage}` : reason.message);
  return { code: isAssertion(reason) ? 1 : 2, message: reason.message };
}

/** The failed assertion itself, or the deadline that passed while it did not hold. */
function isAssertion(error: Error): boolean {
  return error instanceof AssertionError || error.cause instanceof AssertionError;
}

function nameOf({ expect = 'print', source }: Arguments): string {
  const traces = source.traces.length > 0 ? `trace ${source.traces.join(' with ')}` : '';
  return `${expect}: ${'file' in source ? `${source.file} ` : ''}${traces}`.trim();
}

async function check(args: Arguments, output: Output): Promise<void> {
  const expected = args.expect === undefined ? undefined : await readExpectation(args.expect);
  const assert = (spans: readonly Span[]) => {
    if (!expected) return;
    assertThere(spans, args.source);
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
}

/** Of a trace that is not there every line would differ: it is said in one instead. */
function assertThere(spans: readonly Span[], source: Arguments['source']): void {
  const missing = source.traces.filter((id) => !spans.some(({ traceId }) => traceId === id));
  if (missing.length === 0 && spans.length > 0) return;
  const [where, hint] =
    'file' in source
      ? [source.file, 'Does the file hold that run?']
      : [
          addressOf(source.jaeger).base,
          'Was the request sampled, and does its service export to this store? To give it time: --wait 10s.',
        ];
  const what = missing.length > 0 ? `Trace ${missing.join(' and ')} is not there` : 'No trace is there';
  throw new AssertionError({
    message: `${what}: ${where} has no span${missing.length > 0 ? ' of it' : ''}. ${hint}`,
    operator: 'traces',
  });
}

async function read(source: Arguments['source'], assert: (spans: readonly Span[]) => void): Promise<Span[]> {
  const { traces } = source;
  if ('file' in source) {
    const spans = await readSpansFile(source.file);
    return traces.length === 0 ? spans : spans.filter(({ traceId }) => traces.includes(traceId));
  }
  if (source.waitMs === 0) return fetchTraces(source.jaeger, traces);
  return waitForTrace(source.jaeger, traces, assert, { deadlineMs: source.waitMs });
}
