import { exportAtExit } from './export/export-at-exit.ts';
import type { DeliveryStatus, SpanPipeline } from './export/span-pipeline.ts';
import { messageOf, warn } from './log.ts';

interface RunningTelemetry {
  flushBudgetMs: number;
  pipeline: SpanPipeline;
  shutdown: () => Promise<void>;
}

let running: RunningTelemetry | undefined;
let ending: Promise<void> | undefined;
/** Set if the collector didn't accept the last spans in time. Another attempt would only delay the exit. */
let gaveUp: Error | undefined;
/** Set if any part of telemetry, including logs and metrics, did not stop in time. */
let mayHoldProcess = false;

/**
 * Delivers the last spans however the process ends, and never changes its exit code:
 *
 * | end | what happens |
 * |---|---|
 * | natural end | spans are flushed within the budget, then the process ends |
 * | `process.exit()`, uncaught error | open spans are ended, a child process posts the remaining spans |
 * | SIGTERM without another handler | as `process.exit(143)` |
 */
export function watchProcessEnd(telemetry: RunningTelemetry): void {
  running = telemetry;
  process.once('beforeExit', flushThenEnd);
  process.on('exit', (code) => lastTry(telemetry, code));
  // Runs before other listeners: a listener that was added by `once` is removed when it runs, and would not be counted.
  process.prependListener('SIGTERM', () => {
    if (process.listenerCount('SIGTERM') === 1) process.exit(143);
  });
}

/**
 * Delivers the remaining spans and stops telemetry, within the flush budget (`TELEMETRY_FLUSH_BUDGET_MS`). Never rejects. You can
 * call it twice, or when telemetry is off.
 */
export function shutdownTelemetry(): Promise<void> {
  ending ??= running ? withinBudget(running) : Promise.resolve();
  return ending;
}

/** Returns the delivery counts of this process's spans, or undefined if telemetry is off. */
export function deliveryStatus(): DeliveryStatus | undefined {
  return running?.pipeline.status();
}

function lastTry({ pipeline, flushBudgetMs }: RunningTelemetry, exitCode: number): void {
  try {
    pipeline.lastTry(exitCode, (spans) => gaveUp ?? exportAtExit(spans, flushBudgetMs));
  } catch (error) {
    // Throwing it would change the exit code.
    warn(`the last spans are lost: ${messageOf(error)}`);
  }
}

function flushThenEnd(): void {
  void shutdownTelemetry().then(() => {
    // A pending export would keep the process alive until its own timeout.
    if (mayHoldProcess) process.exit();
  });
}

async function withinBudget({ flushBudgetMs, pipeline, shutdown }: RunningTelemetry): Promise<void> {
  pipeline.stopRetrying();
  // Run in parallel, because a log export that hangs says nothing about the collector of the spans.
  const [ofSpans, ofAll] = await Promise.all([
    failureWithin(flushBudgetMs, () => pipeline.flush()),
    failureWithin(flushBudgetMs, shutdown),
  ]);
  gaveUp = ofSpans;
  mayHoldProcess = ofAll !== undefined;
  // The remaining spans are counted and reported at exit.
  if (ofAll && pipeline.status().waiting === 0) warn(`telemetry did not shut down: ${ofAll.message}`);
}

/** Returns the error of work that fails or takes too long, or undefined if it succeeds. */
async function failureWithin(budgetMs: number, work: () => Promise<void>): Promise<Error | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const budget = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${budgetMs} ms`)), budgetMs);
  });
  try {
    await Promise.race([work(), budget]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    clearTimeout(timer);
  }
}
