import { firstAddress, firstTracesAddress } from '@beyond-headers/local-process/command-line';
import type { PORTS } from '@beyond-headers/supervisor';
import type { SystemUrls } from './run-scenario.ts';

/**
 * Returns the addresses of the system on which scenarios run. Uses in this order: the given addresses, WRITER_URL and TRACES_URL, the
 * system that `npm start` runs, and the default ports, which docker compose and Tilt also use. Reports an address that wasn't given.
 */
export async function findSystem(
  given: { writer?: string | undefined; traces?: string | undefined },
  env: NodeJS.ProcessEnv,
): Promise<SystemUrls> {
  const writer = firstAddress(['--writer', given.writer], ['WRITER_URL', env['WRITER_URL']]);
  const traces = firstTracesAddress(['--traces', given.traces], ['TRACES_URL', env['TRACES_URL']]);
  if (writer && traces) return { writer, traces };
  // Imported only if needed: in a container, both addresses are given, and the supervisor is missing.
  const supervisor = await import('@beyond-headers/supervisor');
  const running = await supervisor.findRunningSystem(supervisor.RUNS_DIRECTORY, env);
  const usual = ({ variable, fallback }: (typeof PORTS)['writer' | 'traces']) =>
    `http://127.0.0.1:${env[variable]?.trim() || fallback}`;
  const found = {
    writer: writer ?? running?.writer ?? usual(supervisor.PORTS.writer),
    traces: traces ?? running?.traces ?? usual(supervisor.PORTS.traces),
  };
  const whose = running
    ? `the system of npm start, pid ${running.pid}.`
    : await supervisor.explainNoSystem(supervisor.RUNS_DIRECTORY, env);
  const shown = found.traces.replace(/^([^:]*:).*@/, '$1//…@');
  console.error(`On ${found.writer}, traces at ${shown}: ${whose}\n`);
  return found;
}
