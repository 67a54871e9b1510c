import { findFreePort } from '@beyond-headers/local-process';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import type { ProcessDefinition } from '../../../local/supervisor/src/process-definition.ts';
import { localProcesses } from '../../../local/supervisor/src/processes.ts';

/** Starts a local system with a second public endpoint: a writer that keeps a caller's context as a link. */
export async function startSystemWithTwoEndpoints(): Promise<{
  system: LocalSystem;
  linkingEndpoint: string;
}> {
  const port = await findFreePort();
  const linkingEndpoint = `http://127.0.0.1:${port}`;
  const system = await startLocalSystem({
    processes: (context) => {
      const processes = localProcesses(context);
      return [...processes, ...processes.filter(({ name }) => name === 'writer').map(toLinkingEndpoint)];
    },
  });
  return { system, linkingEndpoint };

  function toLinkingEndpoint(writer: ProcessDefinition): ProcessDefinition {
    const env = { ...writer.env, WRITER_PORT: String(port), EDGE_POLICY: 'link' };
    return { ...writer, name: 'linking endpoint', env, readyUrl: `${linkingEndpoint}/readyz` };
  }
}
