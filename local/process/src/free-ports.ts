import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';

// Below the range that any system uses for outgoing connections, so that no connection takes the port between this check and the moment
// when the child listens.
const FIRST = 20_000;
const BLOCK = 32;
const BLOCKS = 375;

// Processes with adjacent ids start in different blocks. A process tries all ports before it returns the same one again.
let next = FIRST + (process.pid % BLOCKS) * BLOCK;

/** Reports whether a TCP port of 127.0.0.1 is free. Listens on the port for a moment to find out. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** Reports whether a process listens on a TCP port of 127.0.0.1. Unlike `isPortFree`, never takes the port itself. */
export async function isListening(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Returns a free TCP port of 127.0.0.1. In one process, a port is returned again only after all 12,000 ports were tried. */
export async function findFreePort(): Promise<number> {
  for (let tried = 0; tried < BLOCK * BLOCKS; tried++) {
    const port = next;
    next = port + 1 < FIRST + BLOCK * BLOCKS ? port + 1 : FIRST;
    if (await isPortFree(port)) return port;
  }
  throw new Error(
    `Failed to find a free port: all from ${FIRST} to ${FIRST + BLOCK * BLOCKS - 1} are taken.`,
  );
}
