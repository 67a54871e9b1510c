import type * as ChildProcess from 'node:child_process';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Transformer from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { DeliveryError } from './delivery-error.ts';
import { networkOptions, networkOptionsIn } from './network-options.ts';
import type { Accepted } from './otlp-client.ts';
import { serialize } from './serialize.ts';

/** TypeScript here, JavaScript where the package is installed. */
const POST_SPANS = fileURLToPath(new URL(`./post-spans${extname(import.meta.filename)}`, import.meta.url));

/** At exit only synchronous loading is left, and a process that ends well never needs it. */
const load = createRequire(import.meta.url);

/**
 * The last chance of a span: `process.exit()` and an uncaught error leave no time for asynchronous work. So a short
 * child process posts the spans while this one waits, within the flush budget. Returns what the collector took, or what went
 * wrong.
 */
export function exportAtExit(spans: ReadableSpan[], flushBudgetMs: number): Accepted | Error {
  const { JsonTraceSerializer } = load('@opentelemetry/otlp-transformer') as typeof Transformer;
  const { body, rejected, reason } = serialize(spans, JsonTraceSerializer);
  if (!body) return new DeliveryError(reason ?? 'cannot be serialized', { badData: true });
  const args = [...networkOptions(process.execArgv), POST_SPANS, String(flushBudgetMs)];
  const { spawnSync } = load('node:child_process') as typeof ChildProcess;
  const { error, status, stderr } = spawnSync(process.execPath, args, {
    input: body,
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: flushBudgetMs,
    killSignal: 'SIGKILL',
    env: childEnvironment(),
  });
  if (status === 0) return { rejected, ...(reason && { reason }) };
  if (error && 'code' in error && error.code === 'ETIMEDOUT')
    return new Error(`no answer within ${flushBudgetMs} ms`);
  return error ?? new Error(stderr.toString().trim());
}

/**
 * Without the preload of the parent, which would start telemetry again in a process that must be short. What says how to reach a
 * server stays. Where modules are found by Yarn's Plug'n'Play alone, that is in NODE_OPTIONS as well; then telemetry is switched
 * off.
 */
function childEnvironment(): NodeJS.ProcessEnv {
  return process.versions['pnp'] === undefined
    ? { ...process.env, NODE_OPTIONS: networkOptionsIn(process.env['NODE_OPTIONS']) }
    : { ...process.env, OTEL_SDK_DISABLED: 'true' };
}
