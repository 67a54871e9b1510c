import { refuse, refuseIfNpmKept } from '@beyond-headers/local-process/command-line';
import { explainNoSystem, findRunningSystem, RUNS_DIRECTORY } from '@beyond-headers/supervisor';
import { parseQueueArgs, USAGE } from '../services/poller/cli/queue-args.ts';

/*
 * `npm run queue`: runs the poller's command against the MongoDB that MONGODB_URI names. If the variable isn't set, uses the MongoDB
 * and the trace store of the system that `npm start` runs.
 */
const args = parseQueueArgs(process.argv.slice(2));
// Before the arguments are checked, because without --all, a command may lack its orders.
if (args !== 'help') refuseIfNpmKept(['all', 'dry-run'], USAGE);
if (typeof args === 'object' && 'command' in args && !process.env['MONGODB_URI']?.trim())
  await useRunningSystem();
await import('../services/poller/cli/main.ts');

async function useRunningSystem(): Promise<void> {
  const running = await findRunningSystem(RUNS_DIRECTORY, process.env).catch((error: unknown) =>
    refuse(error instanceof Error ? error.message : String(error), USAGE),
  );
  if (!running?.mongodb) {
    const why = running
      ? `The MongoDB of the running system (pid ${running.pid}) has a password, which is in no file.`
      : await explainNoSystem(RUNS_DIRECTORY, process.env);
    refuse(`${why} Expected a system of npm start, or MONGODB_URI with the address of a MongoDB.`, USAGE);
  }
  process.env['MONGODB_URI'] = running.mongodb;
  process.env['MONGODB_DATABASE'] ||= running.mongodbDatabase;
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ||= running.otlp;
  console.error(`Using the system of npm start at ${running.writer}, pid ${running.pid}.`);
}
