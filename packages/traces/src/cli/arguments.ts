import { parseArgs } from 'node:util';

export interface Arguments {
  /** Of a file, no trace means all of them. */
  source: { jaeger: string; traces: string[]; waitMs: number } | { file: string; traces: string[] };
  expect: string | undefined;
  extra: 'allow' | 'forbid' | undefined;
  ignore: string[];
  print: boolean;
  ascii: boolean;
  width: number;
  /** Where to write a report. */
  junit: string | undefined;
}

/** What can't be understood: exit code 2, with the usage. */
export class UsageError extends Error {}

export const usage = `Usage: trace-assert --jaeger URL --trace ID [--wait 10s] [--expect tree.yaml] [--print]
       trace-assert --file spans.json [--trace ID] [--expect tree.yaml] [--print]

Asserts that a trace has the expected tree.

  --jaeger URL     a Jaeger v2 query API, such as http://127.0.0.1:16686
  --trace ID       32 hex digits; may be repeated, for traces that link to each other
  --file FILE      OTLP JSON: whole, or one object a line
  --wait TIME      try until the trace is as expected, such as 500ms or 10s (default 0)
  --expect FILE    the expected tree, YAML or JSON
  --extra WHAT     allow or forbid spans that the tree does not name (default allow)
  --ignore LABEL   look through spans such as "* INTERNAL middleware*"; may be repeated
  --print          draw the trace
  --ascii          draw it with ASCII characters only
  --width N        columns of the drawing (default 100)
  --junit FILE     write a JUnit report too
  --help           this text

Exit codes: 0 as expected, 1 not as expected, 2 wrong use or nothing to read.`;

const options = {
  jaeger: { type: 'string' },
  trace: { type: 'string', multiple: true },
  file: { type: 'string' },
  wait: { type: 'string' },
  expect: { type: 'string' },
  extra: { type: 'string' },
  ignore: { type: 'string', multiple: true },
  print: { type: 'boolean' },
  ascii: { type: 'boolean' },
  width: { type: 'string' },
  junit: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line; `undefined` when help was asked for. Throws a `UsageError`. */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { expect, ignore = [], print = false, ascii = false } = values;
  if (expect === undefined && !print)
    throw new UsageError('Nothing to do: give --expect FILE, --print or both.');
  return {
    source: sourceOf(values),
    expect,
    extra: extraOf(values.extra),
    ignore,
    print,
    ascii,
    width: widthOf(values.width),
    junit: values.junit,
  };
}

type Values = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function sourceOf({ jaeger, trace = [], file, wait }: Values): Arguments['source'] {
  if (file !== undefined && jaeger === undefined && wait === undefined)
    return { file, traces: trace.map(traceIdOf) };
  if (file === undefined && jaeger !== undefined && trace.length > 0) {
    const waitMs = durationOf(wait ?? '0ms');
    return { jaeger: urlOf(jaeger), traces: trace.map(traceIdOf), waitMs };
  }
  throw new UsageError('Give either --jaeger URL with --trace ID, or --file FILE (which has no --wait).');
}

function traceIdOf(value: string): string {
  if (/^[0-9a-f]{32}$/i.test(value)) return value.toLowerCase();
  throw new UsageError(`--trace ${value}: expected 32 hex digits, as in the second part of a traceparent.`);
}

function urlOf(value: string): string {
  if (URL.canParse(value) && /^https?:/.test(value)) return value;
  // It may hold a password.
  const shown = value.replace(/[^/@]*@/, '…@');
  throw new UsageError(`--jaeger ${shown}: expected a URL such as http://127.0.0.1:16686.`);
}

function durationOf(value: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(value) ?? [];
  if (amount === undefined)
    throw new UsageError(`--wait ${value}: expected a time such as 500ms, 10s or 1m.`);
  return Number(amount) * (unit === 'm' ? 60_000 : unit === 's' ? 1_000 : 1);
}

function extraOf(value: string | undefined): Arguments['extra'] {
  if (value === undefined || value === 'allow' || value === 'forbid') return value;
  throw new UsageError(`--extra ${value}: expected allow or forbid.`);
}

function widthOf(value = '100'): number {
  if (/^\d+$/.test(value) && Number(value) >= 60) return Number(value);
  throw new UsageError(`--width ${value}: expected a number of at least 60.`);
}
