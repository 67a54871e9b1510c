import { warn } from './log.ts';
import { readSettings } from './settings.ts';

/**
 * The preload of every process: `node --import @beyond-headers/telemetry/register main.ts`. It must run before the application's
 * first import. Otherwise, instrumentations can't patch modules that are already loaded.
 */
try {
  const settings = readSettings(process.env);
  if (!settings.disabled) {
    const { startTelemetry } = await import('./start.ts');
    await startTelemetry(settings, process.env);
  }
} catch (error) {
  warn(
    `failed to start; the work continues untraced: ${error instanceof Error ? error.stack : String(error)}`,
  );
}
