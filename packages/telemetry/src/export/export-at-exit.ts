import type * as ChildProcess from 'node:child_process';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Transformer from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { DeliveryError } from './delivery-error.ts';
import { networkOptions, networkOptionsIn } from './network-options.ts';
import type { Accepted } from './otlp-client.ts';
import type { Outcome } from './post-spans.ts';
import { serialize } from './serialize.ts';
import { withRejected } from './with-rejected.ts';

/** The file is TypeScript in this repository, and JavaScript in the published package. */
const POST_SPANS = fileURLToPath(new URL(`./post-spans${extname(import.meta.filename)}`, import.meta.url));

/** At exit, modules can only be loaded synchronously. A process that ends normally never needs these. */
const load = createRequire(import.meta.url);

/**
 * Exports the last spans at exit. `process.exit()` and an uncaught error leave no time for asynchronous work. So a child process
 * posts the spans, while this process waits within the flush budget. Returns how many spans were rejected, or the error.
 */
export function exportAtExit(spans: ReadableSpan[], flushBudgetMs: number): Accepted | Error {
  const { JsonTraceSerializer } = load('@opentelemetry/otlp-transformer') as typeof Transformer;
  const { body, rejected, reason } = serialize(spans, JsonTraceSerializer);
  if (!body) return new DeliveryError(reason ?? 'cannot be serialized', { badData: true });
  const args = [...networkOptions(process.execArgv), POST_SPANS, String(flushBudgetMs)];
  const { spawnSync } = load('node:child_process') as typeof ChildProcess;
  const { error, status, stdout } = spawnSync(process.execPath, args, {
    input: body,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: flushBudgetMs,
    killSignal: 'SIGKILL',
    env: childEnvironment(),
  });
  if (error && 'code' in error && error.code === 'ETIMEDOUT')
    return new Error(`no answer within ${flushBudgetMs} ms`);
  if (error) return error;
  if (status !== 0) return new Error(`the process that sends them ended with ${status}`);
  // A preload that stays in NODE_OPTIONS may have written other lines before.
  const outcome = JSON.parse(stdout.toString().trimEnd().split('\n').at(-1) ?? '') as Outcome;
  return 'message' in outcome
    ? new DeliveryError(outcome.message, { badData: outcome.badData })
    : withRejected(outcome, rejected, reason);
}

/**
 * Returns the environment without the parent's preload, which would start telemetry again in the short-lived child. Options for
 * connections stay. With Yarn's Plug'n'Play, NODE_OPTIONS also has the loader that finds modules, so it stays unchanged, and
 * telemetry is turned off instead.
 */
function childEnvironment(): NodeJS.ProcessEnv {
  return process.versions['pnp'] === undefined
    ? { ...process.env, NODE_OPTIONS: networkOptionsIn(process.env['NODE_OPTIONS']) }
    : { ...process.env, OTEL_SDK_DISABLED: 'true' };
}
