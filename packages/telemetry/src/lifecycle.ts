import { exportAtExit } from './export-at-exit.ts';
import { warn, type TelemetrySettings } from './settings.ts';
import type { UnexportedSpans } from './unexported-spans.ts';

interface RunningTelemetry {
  settings: TelemetrySettings;
  unexported: UnexportedSpans;
  shutdown: () => Promise<void>;
}

let running: RunningTelemetry | undefined;
let ending: Promise<void> | undefined;
/** True once a collector did not take the last spans in time: asking it again would only delay the exit. */
let gaveUp = false;

/**
 * Sees to the last spans however the process ends, and never changes its exit code:
 *
 * | end | what happens |
 * |---|---|
 * | natural end | spans are flushed within the budget, then the process ends |
 * | `process.exit()`, uncaught error | open spans are ended, a child process posts what is left |
 * | SIGTERM that nobody else handles | as `process.exit(143)` |
 */
export function watchProcessEnd(telemetry: RunningTelemetry): void {
  running = telemetry;
  process.once('beforeExit', flushThenEnd);
  process.on('exit', (code) => {
    if (!gaveUp) exportAtExit(telemetry.unexported, telemetry.settings, code);
  });
  process.on('SIGTERM', () => {
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

function flushThenEnd(): void {
  void shutdownTelemetry().then(() => {
    // An unanswered export would keep the process alive until its own time-out.
    if (gaveUp) process.exit();
  });
}

async function withinBudget({ settings, shutdown }: RunningTelemetry): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const budget = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not done within ${settings.flushBudgetMs} ms`)),
      settings.flushBudgetMs,
    );
  });
  try {
    await Promise.race([shutdown(), budget]);
  } catch (error) {
    gaveUp = true;
    warn(`the last spans may be lost: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}
