import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Transformer from '@opentelemetry/otlp-transformer';
import type { UnexportedSpans } from './unexported-spans.ts';
import type { TelemetrySettings } from './settings.ts';

const POST_SPANS = fileURLToPath(new URL('./post-spans.ts', import.meta.url));

/**
 * The last chance of a span: `process.exit()` and an uncaught error leave no time for asynchronous work, so the
 * spans are posted by a short child process while this one waits, for the flush budget at the most.
 */
export function exportAtExit(spans: UnexportedSpans, settings: TelemetrySettings, exitCode: number): void {
  const batch = spans.takeAll(exitCode);
  if (batch.length === 0) return;
  const { JsonTraceSerializer } = requireTransformer();
  const body = JsonTraceSerializer.serializeRequest(batch);
  if (!body) return;
  spawnSync(process.execPath, [POST_SPANS, settings.tracesUrl], {
    input: body,
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: settings.flushBudgetMs,
    killSignal: 'SIGKILL',
    // Without the preload of the parent: NODE_OPTIONS would start telemetry again, in a process that must be short.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

/** At exit only synchronous loading is left, and a process that ends well never needs it. */
function requireTransformer(): typeof Transformer {
  return createRequire(import.meta.url)('@opentelemetry/otlp-transformer') as typeof Transformer;
}
