import { findRunningSystem, RUNS_DIRECTORY } from '@beyond-headers/supervisor';

/*
 * `npm run queue`: runs the poller's command against the MongoDB that MONGODB_URI names. If the variable isn't set, uses the MongoDB
 * and the trace store of the system that `npm start` runs.
 */
const asksForHelp = process.argv.some((argument) => ['--help', '-h'].includes(argument));
if (!asksForHelp && !process.env['MONGODB_URI']?.trim()) await useRunningSystem();
await import('../services/poller/cli/main.ts');

async function useRunningSystem(): Promise<void> {
  const running = await findRunningSystem(RUNS_DIRECTORY, process.env).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  });
  if (!running?.mongodb) return;
  process.env['MONGODB_URI'] = running.mongodb;
  process.env['MONGODB_DATABASE'] ||= running.mongodbDatabase;
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ||= running.otlp;
  console.error(`Using the system of npm start at ${running.writer}, pid ${running.pid}.`);
}
