import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run queue -- <command>
  list                                   show every dead letter
  retry <id>… | --all  [--dry-run]       put dead letters back into the queue, each in a new trace that links to the old ones
  purge <id>… | --all  [--dry-run]       delete dead letters
Without MONGODB_URI, it uses the MongoDB of the system that \`npm start\` runs (of several the one on WRITER_PORT).
MONGODB_DATABASE names the database when it is not beyond_headers.`;

export interface QueueArgs {
  command: 'list' | 'retry' | 'purge';
  ids: string[] | 'all';
  isDryRun: boolean;
}

/** Returns the command to run, `help`, or a message about what is wrong with the arguments. */
export function parseQueueArgs(argv: readonly string[]): QueueArgs | 'help' | { wrong: string } {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { all: { type: 'boolean' }, 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (values.help) return 'help';
    const [command = '', ...ids] = positionals;
    const isDryRun = values['dry-run'] ?? false;
    if (command === 'list' && ids.length === 0) return { command, ids: 'all', isDryRun };
    if (command === 'list') return { wrong: `list takes nothing more, got ${ids.join(' ')}.` };
    if (command !== 'retry' && command !== 'purge')
      return { wrong: `Unknown command ${JSON.stringify(command)}. Expected list, retry or purge.` };
    // A forgotten id must never mean all dead letters.
    const isAll = values.all ?? false;
    if (isAll === ids.length > 0)
      return { wrong: `Expected ids of dead letters or --all, one of the two, after ${command}.` };
    return { command, ids: isAll ? 'all' : ids, isDryRun };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
