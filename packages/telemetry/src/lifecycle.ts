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
/** Set once a collector did not take the last spans in time: asking it again would only delay the exit. */
let gaveUp: Error | undefined;
/** Set once anything of telemetry, log lines and metrics too, did not stop in time. */
let mayHoldProcess = false;

/**
 * Sees to the last spans however the process ends, and never changes its exit code:
 *
 * | end | what happens |
 * |---|---|
 * | natural end | spans are flushed within the budget, then the process ends |
 * | `process.exit()`, uncaught error | open spans are ended, a child process posts what is left |
 * | SIGTERM that no one else handles | as `process.exit(143)` |
 */
export function watchProcessEnd(telemetry: RunningTelemetry): void {
  running = telemetry;
  process.once('beforeExit', flushThenEnd);
  process.on('exit', (code) => lastTry(telemetry, code));
  // Before the others: one that was added by `once` has gone when it has run, and would not be counted.
  process.prependListener('SIGTERM', () => {
    if (process.listenerCount('SIGTERM') === 1) process.exit(143);
  });
}

/**
 * Delivers what is left and stops telemetry, within the flush budget (`TELEMETRY_FLUSH_BUDGET_MS`). Never rejects;
 * safe to call twice, and when telemetry is off.
 */
export function shutdownTelemetry(): Promise<void> {
  ending ??= running ? withinBudget(running) : Promise.resolve();
  return ending;
}

/** What became of the spans of this process; undefined when telemetry is off. */
export function deliveryStatus(): DeliveryStatus | undefined {
  return running?.pipeline.status();
}

function lastTry({ pipeline, flushBudgetMs }: RunningTelemetry, exitCode: number): void {
  try {
    pipeline.lastTry(exitCode, (spans) => gaveUp ?? exportAtExit(spans, flushBudgetMs));
  } catch (error) {
    // Thrown on, it would change the exit code.
    warn(`the last spans are lost: ${messageOf(error)}`);
  }
}

function flushThenEnd(): void {
  void shutdownTelemetry().then(() => {
    // An unanswered export would keep the process alive until its own time-out.
    if (mayHoldProcess) process.exit();
  });
}

async function withinBudget({ flushBudgetMs, pipeline, shutdown }: RunningTelemetry): Promise<void> {
  pipeline.stopRetrying();
  // Side by side: log lines that no one takes say nothing about the collector of the spans.
  const [ofSpans, ofAll] = await Promise.all([
    failureWithin(flushBudgetMs, () => pipeline.flush()),
    failureWithin(flushBudgetMs, shutdown),
  ]);
  gaveUp = ofSpans;
  mayHoldProcess = ofAll !== undefined;
  // Spans that are left are counted and said at the exit.
  if (ofAll && pipeline.status().waiting === 0) warn(`telemetry did not shut down: ${ofAll.message}`);
}

/** What keeps work from its end within a time; undefined when it ends. */
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
