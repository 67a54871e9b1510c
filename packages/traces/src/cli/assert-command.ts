import { writeFile } from 'node:fs/promises';
import { assertTree } from '../assert/assert-tree.ts';
import type { Span } from '../tree/span.ts';
import {
  exitCodeOf,
  messageOf,
  parseOptions,
  UsageError,
  type Command,
  type Output,
  type Values,
} from './command.ts';
import { drawerOf, drawOptions, drawUsage } from './draw-options.ts';
import { readExpectation } from './expectation-file.ts';
import { toJunit, type Verdict } from './junit.ts';
import { assertThere, readSource, sourceOf, sourceOptions, sourceUsage, type Source } from './source.ts';

const options = {
  ...sourceOptions,
  expect: { type: 'string' },
  extra: { type: 'string' },
  ignore: { type: 'string', multiple: true },
  print: { type: 'boolean' },
  ...drawOptions,
  junit: { type: 'string' },
} as const;

/** `traces assert` */
export const assertCommand: Command = {
  summary: 'check whether traces have the tree that a file describes',
  usage: `Usage: traces assert --jaeger URL --trace ID --expect tree.yaml [--wait 10s] [--print]
       traces assert --file spans.json [--trace ID] --expect tree.yaml [--print]

Checks whether traces have the expected tree: which span is the parent of which.

${sourceUsage}
  --wait TIME      with --jaeger, wait at most this long for the expected trace, such as 500ms or 10s (default 0)
  --expect FILE    the file with the expected tree, in YAML or JSON
  --extra WHAT     allow or forbid: whether the trace may have spans that are not in the file (default allow)
  --ignore LABEL   ignore spans whose service, kind, and name match, such as "* INTERNAL middleware*"; may be repeated
  --print          also draw the trace
${drawUsage}
  --junit FILE     also write a JUnit report to this file
  --help           print this text

If the variable TRACES_TOKEN is set, it is sent to Jaeger as a bearer token, unless the URL has a password.

Exit codes: 0 the tree is as expected, 1 it is different or the trace is missing, 2 invalid options or unreadable input.`,
  async run(args: readonly string[], output: Output): Promise<void> {
    const { expect, junit, ...values } = parseOptions(args, options);
    if (expect === undefined)
      throw new UsageError(
        'Give --expect FILE, the expected tree. To only draw the traces, use: traces draw.',
      );
    const source = sourceOf(values);
    const check = checkOf(expect, source, values, output);
    await (junit === undefined ? check() : reported(check, nameOf(expect, source), junit));
  },
};

type Check = () => Promise<void>;

function checkOf(expect: string, source: Source, values: Values<typeof options>, output: Output): Check {
  const { ignore = [], print = false } = values;
  const draw = drawerOf(values, output);
  const extraHere = extraOf(values.extra);
  return async () => {
    const { roots, options: fromFile } = await readExpectation(expect);
    const extra = extraHere ?? fromFile.extra ?? 'allow';
    const ignored = [...(fromFile.ignore ?? []), ...ignore];
    const assert = (spans: readonly Span[]) => {
      assertThere(spans, source);
      assertTree(spans, roots, { ...fromFile, extra, ignore: ignored });
    };
    const spans = await readSource(source, assert);
    if (print) output.out(draw(spans));
    assert(spans);
    output.out(`As expected: ${spans.length} spans.`);
  };
}

/** Runs the check, and writes a report whether it passes or fails. */
async function reported(check: Check, name: string, path: string): Promise<void> {
  const startedAt = performance.now();
  const report = (ended: Pick<Verdict, 'code' | 'message'>) =>
    writeFile(path, toJunit({ name, seconds: (performance.now() - startedAt) / 1_000, ...ended }));
  try {
    await check();
  } catch (error) {
    await report({ code: exitCodeOf(error), message: messageOf(error) });
    throw error;
  }
  await report({ code: 0 });
}

/** Returns what is checked, such as `tree.yaml: trace 0af7…`. */
function nameOf(expect: string, source: Source): string {
  const traces = source.traces.length > 0 ? `trace ${source.traces.join(' with ')}` : '';
  return `${expect}: ${'file' in source ? `${source.file} ` : ''}${traces}`.trim();
}

function extraOf(value: string | undefined): 'allow' | 'forbid' | undefined {
  if (value === undefined || value === 'allow' || value === 'forbid') return value;
  throw new UsageError(`--extra ${value}: expected allow or forbid.`);
}
