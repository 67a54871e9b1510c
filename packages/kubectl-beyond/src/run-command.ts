import { text } from 'node:stream/consumers';
import { isSpanContextValid, SpanKind, type Span } from '@opentelemetry/api';
import { ATTR_K8S_JOB_NAME, ATTR_K8S_NAMESPACE_NAME } from '@opentelemetry/semantic-conventions';
import { inSpan } from '@beyond-headers/telemetry';
import { annotate } from './annotate.ts';
import { kubectl } from './kubectl.ts';
import { UsageError, type Output } from './output.ts';
import { passedOn, readsStandardInput } from './passed-on.ts';

/** Commands that create an object and accept `--dry-run=client`. */
const COMMANDS = ['create', 'run'];

/**
 * Implements `kubectl beyond run -- create job …`: starts a span, and creates the objects with its context. Prints the trace ID
 * to stderr, so that stdout has only kubectl's output.
 */
export async function runCommand(args: readonly string[], output: Output): Promise<void> {
  const [command = '', ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (!COMMANDS.includes(command))
    throw new UsageError(
      `run: got ${command || 'no command'}, expected -- and one of ${COMMANDS.join(', ')}.`,
    );
  const [own, ofContainer] = beforeAndAfterDashes(rest);
  await inSpan(`kubectl ${command}`, { kind: SpanKind.PRODUCER }, async (span) => {
    const input = readsStandardInput(own) ? await text(process.stdin) : undefined;
    const printed = await kubectl(
      [command, ...own, '--dry-run=client', '--output=json', ...ofContainer],
      input,
    );
    const made = objectsIn(printed);
    describe(span, made);
    annotate(made);
    output.out((await kubectl(['create', ...passedOn(own), '-f', '-'], JSON.stringify(made))).trimEnd());
    if (isSpanContextValid(span.spanContext())) output.error(`trace ${span.spanContext().traceId}`);
  });
}

interface Made {
  kind?: string;
  metadata?: { name?: string; namespace?: string; annotations?: Record<string, string> };
}

/** Parses the objects that kubectl prints, one after another. The last brace of each is at the start of a line. */
function objectsIn(printed: string): Made {
  const [first = {}, ...others] = printed
    .split(/(?<=^\})\n(?=\{)/m)
    .map((object) => JSON.parse(object) as Made);
  return others.length === 0 ? first : list([first, ...others]);
}

function list(items: Made[]): Made {
  return Object.assign({ apiVersion: 'v1', kind: 'List' }, { items });
}

function describe(span: Span, { kind, metadata }: Made): void {
  if (kind === 'Job' && metadata?.name) span.setAttribute(ATTR_K8S_JOB_NAME, metadata.name);
  if (metadata?.namespace) span.setAttribute(ATTR_K8S_NAMESPACE_NAME, metadata.namespace);
}

/** Splits arguments at `--`, after which the container's command follows. */
function beforeAndAfterDashes(args: readonly string[]): [string[], string[]] {
  const end = args.indexOf('--');
  return end === -1 ? [[...args], []] : [args.slice(0, end), args.slice(end)];
}
