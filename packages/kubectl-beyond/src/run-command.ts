import { SpanKind, type Span } from '@opentelemetry/api';
import { ATTR_K8S_JOB_NAME, ATTR_K8S_NAMESPACE_NAME } from '@opentelemetry/semantic-conventions';
import { inSpan } from '@beyond-headers/telemetry';
import { annotate } from './annotate.ts';
import { kubectl } from './kubectl.ts';
import { UsageError, type Output } from './output.ts';

/** Commands that make an object and know `--dry-run=client`. */
const COMMANDS = ['create', 'run'];

/**
 * `kubectl beyond run -- create job …`: a span whose context the made objects carry. Says the trace on standard error, so that
 * standard output is kubectl's own.
 */
export async function runCommand(args: readonly string[], output: Output): Promise<void> {
  const [command = '', ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (!COMMANDS.includes(command))
    throw new UsageError(
      `run: got ${command || 'no command'}, expected -- and one of ${COMMANDS.join(', ')}.`,
    );
  await inSpan(`kubectl ${command}`, { kind: SpanKind.PRODUCER }, async (span) => {
    const made = JSON.parse(await kubectl([command, ...dryRun(rest)])) as Made;
    describe(span, made);
    const { metadata } = annotate(made);
    const namespace = metadata?.namespace ? ['--namespace', metadata.namespace] : namespaceOf(rest);
    output.out((await kubectl(['create', ...namespace, '-f', '-'], JSON.stringify(made))).trimEnd());
    output.error(`trace ${span.spanContext().traceId}`);
  });
}

interface Made {
  kind?: string;
  metadata?: { name?: string; namespace?: string; annotations?: Record<string, string> };
}

function describe(span: Span, { kind, metadata }: Made): void {
  if (kind === 'Job' && metadata?.name) span.setAttribute(ATTR_K8S_JOB_NAME, metadata.name);
  if (metadata?.namespace) span.setAttribute(ATTR_K8S_NAMESPACE_NAME, metadata.namespace);
}

/** Before the command of the container, which comes after `--`. */
function dryRun(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const [own, others] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end)];
  return [...own, '--dry-run=client', '--output=json', ...others];
}

/** kubectl writes no namespace into what it makes unless it is asked for one, and so the second command is asked again. */
function namespaceOf(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const at = own.findIndex((arg) => /^(-n|--namespace)$/.test(arg));
  if (at !== -1) return ['--namespace', own[at + 1] ?? ''];
  return own.filter((arg) => /^(--namespace=|-n.)/.test(arg));
}
