import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run queue -- <command>

Works on dead letters, which are orders that have failed for good.

  list                              shows all dead letters
  retry <id>… | --all [--dry-run]   puts dead letters back into the queue; each starts a new trace, which links to its earlier traces
  purge <id>… | --all [--dry-run]   deletes dead letters
  --all                             all dead letters, instead of the ids of some
  --dry-run                         changes nothing, and shows what the command would do

The command uses the MongoDB at MONGODB_URI, and the database MONGODB_DATABASE (default beyond_headers). If MONGODB_URI is not set, it
uses the system that \`npm start\` runs. If several systems run, it uses the one whose writer has the port WRITER_PORT.`;

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
