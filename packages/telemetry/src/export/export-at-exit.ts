import type * as ChildProcess from 'node:child_process';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Transformer from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** TypeScript here, JavaScript where the package is installed. */
const POST_SPANS = fileURLToPath(new URL(`./post-spans${extname(import.meta.filename)}`, import.meta.url));

/** At exit only synchronous loading is left, and a process that ends well never needs it. */
const load = createRequire(import.meta.url);

/**
 * The last chance of a span: `process.exit()` and an uncaught error leave no time for asynchronous work. So a short
 * child process posts the spans while this one waits, within the flush budget. Returns what went wrong.
 */
export function exportAtExit(spans: ReadableSpan[], flushBudgetMs: number): Error | undefined {
  const { JsonTraceSerializer } = load('@opentelemetry/otlp-transformer') as typeof Transformer;
  const body = JsonTraceSerializer.serializeRequest(spans);
  if (!body) return new Error('the spans cannot be serialized');
  const { spawnSync } = load('node:child_process') as typeof ChildProcess;
  const { error, status, stderr } = spawnSync(process.execPath, [POST_SPANS, String(flushBudgetMs)], {
    input: body,
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: flushBudgetMs,
    killSignal: 'SIGKILL',
    env: childEnvironment(),
  });
  if (status === 0) return undefined;
  if (error && 'code' in error && error.code === 'ETIMEDOUT')
    return new Error(`no answer within ${flushBudgetMs} ms`);
  return error ?? new Error(stderr.toString().trim());
}

/**
 * Without the preload of the parent, which would start telemetry again in a process that must be short. Where modules are found by
 * Yarn's Plug'n'Play alone, that is in NODE_OPTIONS as well; then telemetry is switched off.
 */
function childEnvironment(): NodeJS.ProcessEnv {
  return process.versions['pnp'] === undefined
    ? { ...process.env, NODE_OPTIONS: '' }
    : { ...process.env, OTEL_SDK_DISABLED: 'true' };
}
